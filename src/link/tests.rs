//! What a link says, and what is said of one that cannot be read.

use super::packed::{DICTIONARY, pack};
use super::*;
use crate::api::Kind;
use crate::examples::EXAMPLES;

fn moment(text: &str) -> Moment {
    Moment { files: vec![SourceFile { name: "web.yaml".into(), text: text.into() }], ..Moment::default() }
}

fn full() -> Moment {
    Moment {
        files: vec![
            SourceFile { name: "web.yaml".into(), text: "kind: Service\n".into() },
            SourceFile { name: "größe 设置.yaml".into(), text: "a: 𝄞\n".into() },
        ],
        done: vec![
            Deed { at: Time(61_250), turns: 300, line: "kubectl scale statefulset web --replicas=5".into() },
            Deed { at: Time(u64::MAX), turns: u64::MAX, line: String::new() },
        ],
        shown: Some(Shown { steps: 17, of: 120 }),
        language: Some("zh-CN".into()),
        view: View {
            hides_manifests: true,
            as_table: true,
            every: true,
            selected: Some(ObjectRef::new(Kind::StatefulSet, "default", "web")),
        },
    }
}

#[test]
fn a_link_says_all_of_its_moment() {
    let link = encode(&full()).expect("it is short");
    assert_eq!(decode(&link), Ok(full()));
    assert_eq!(decode(&format!("https://example.org/a/?b#{link}&theme=dark")), Ok(full()));
    assert_eq!(decode("#v1.").err(), Some(Problem::Damaged));
    assert_eq!(decode(&encode(&Moment::default()).expect("it is short")), Ok(Moment::default()));
}

#[test]
fn a_link_has_only_characters_that_an_address_may_have() {
    let link = encode(&full()).expect("it is short");
    assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{link}");
}

#[test]
fn the_examples_make_links_of_a_line_or_two() {
    let lengths: Vec<(&str, usize)> = EXAMPLES
        .iter()
        .map(|example| {
            let moment = Moment { files: example.files(), ..Moment::default() };
            (example.id, encode(&moment).expect("it is short").len())
        })
        .collect();
    assert!(lengths.iter().all(|(_, length)| *length < 640), "{lengths:?}");
}

#[test]
fn every_cut_and_every_changed_character_is_noticed() {
    let link = encode(&full()).expect("it is short");
    for place in VERSION.len()..link.len() {
        let mut changed = link.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        assert!(decode(&changed).is_err(), "{place}: {changed}");
        assert!(decode(&link[..place]).is_err(), "{place}");
    }
}

#[test]
fn a_link_of_a_later_version_says_so() {
    assert_eq!(decode("#v2.AAAA"), Err(Problem::TooNew));
    assert_eq!(decode("v10.anything"), Err(Problem::TooNew));
    let mut payload = fields::write(&moment("a: 1"));
    payload.extend([200, 1, 1, 0]);
    assert_eq!(
        decode_data(&format!("v1.{}", pack(&payload))),
        Err(Problem::TooNew),
        "a field that may not be passed over"
    );
    let mut payload = fields::write(&moment("a: 1"));
    payload.extend([201, 1, 1, 0]);
    assert_eq!(decode_data(&format!("v1.{}", pack(&payload))), Ok(moment("a: 1")), "a field that may");
}

#[test]
fn what_is_no_link_says_so() {
    for text in ["", "#", "#stage", "https://example.org/", "v.x", "vx.y", "theme=dark", "step=3"] {
        assert_eq!(decode(text), Err(Problem::Missing), "{text}");
    }
}

#[test]
fn a_link_that_unfolds_to_more_than_any_is_not_unfolded() {
    let bomb = format!("v1.{}", pack(&vec![b'a'; MAX_UNFOLDED + 1]));
    assert!(bomb.len() < 3_000, "{}", bomb.len());
    assert_eq!(decode(&bomb), Err(Problem::TooLarge));
    assert_eq!(decode(&format!("v1.{}", "A".repeat(MAX_CHARACTERS))), Err(Problem::TooLarge));
    let mut payload = Vec::new();
    for _ in 0..=MAX_ENTRIES {
        payload.extend([4, 2, 0, 0]);
    }
    assert_eq!(decode(&format!("v1.{}", pack(&payload))), Err(Problem::TooLarge));
}

#[test]
fn more_than_a_link_holds_makes_none() {
    assert_eq!(encode(&moment(&"a".repeat(MAX_UNFOLDED))), Err(TooLong { characters: 0 }));
    let mut state = 1_u32;
    let noise = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from(state >> 24).unwrap_or_default() % 90)
    };
    let too_long = encode(&moment(&(0..200_000).map(noise).collect::<String>())).expect_err("it is long");
    assert!(too_long.characters > MAX_CHARACTERS);
    assert!(words::too_long_en(too_long).contains(&too_long.characters.to_string()));
}

#[test]
fn the_dictionary_of_version_1_never_changes() {
    let hash = DICTIONARY
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(
        (DICTIONARY.len(), hash),
        (6_164, 11_801_804_281_166_733_482),
        "links that were given out could no longer be read"
    );
}

#[test]
fn options_stand_beside_the_moment() {
    let fragment = Fragment::of(
        "https://a.b/embed.html#example=database&step=12&panes=stage,timeline,nonsense&locked&autoplay=false&theme=dark&lang=zh-CN&later=1",
    );
    let expected = Options {
        example: Some("database".into()),
        blank: false,
        step: Some(12),
        autoplay: false,
        locked: true,
        panes: vec![Pane::Stage, Pane::Timeline],
        theme: Some("dark".into()),
        language: Some("zh-CN".into()),
    };
    assert_eq!(fragment, Fragment { moment: None, options: expected });
    let hostile = Fragment::of("#theme=\"><script>&lang=<b>&step=-1&panes=&autoplay");
    assert_eq!(hostile.options, Options { autoplay: true, ..Options::default() });
}

#[test]
fn what_was_done_is_played_again_at_its_time() {
    let files = crate::examples::find("database").expect("an example").files();
    let mut moment = Moment { files, ..Moment::default() };
    let (_, quiet) = moment.outcome();
    moment.type_lines(&["kubectl scale statefulset db --replicas=4".into()]).expect("it is taken");
    assert!(moment.done[0].at > Time::ZERO);
    let (_, steps) = moment.outcome();
    assert!(steps > quiet, "{steps} {quiet}");
    let linked = decode(&encode(&moment).expect("it is short")).expect("it is a link");
    assert_eq!(linked.outcome(), moment.outcome());
    let refused =
        moment.type_lines(&["kubectl scale statefulset nobody --replicas=4".into()]).expect_err("no such set");
    assert!(refused.1.contains("not found"), "{refused:?}");
}

#[test]
fn a_line_without_a_number_of_looks_comes_after_all_that_is_due() {
    let files = crate::examples::find("database").expect("an example").files();
    let mut typed = Moment { files, ..Moment::default() };
    typed.type_lines(&["kubectl scale statefulset db --replicas=4".into()]).expect("it is taken");
    let steps = |moment: &Moment| {
        play(&crate::manifest::read(&moment.files).objects(), &moment.files, &moment.done).timeline.steps().to_vec()
    };
    let mut timed = typed.clone();
    timed.done[0].turns = 0;
    assert_eq!(steps(&timed), steps(&typed));
}

#[test]
fn nothing_of_a_name_becomes_markup() {
    let title = "\"><script>alert(1)</script>]( x";
    let shared = Shared { base: "https://example.org/setwise/", fragment: "v1.abc&lang=en", title };
    for text in [iframe(shared), custom_element(shared)] {
        assert!(!text.contains("<script>"), "{text}");
        assert!(text.contains("v1.abc&amp;lang=en"), "{text}");
    }
    assert_eq!(
        markdown(shared),
        "[\"\\>\\<script\\>alert(1)\\</script\\>\\]( x](https://example.org/setwise/#v1.abc&lang=en)"
    );
    assert_eq!(moment("").title(), "Setwise: web");
}

mod messages {
    use super::super::message::{News, Wish, read, write};

    #[test]
    fn a_wish_has_the_version_and_the_shape() {
        assert_eq!(read(r#"{"setwise":1,"type":"seek","step":4}"#), Some(Wish::Seek { step: 4 }));
        assert_eq!(read(r#"{"setwise":1,"type":"play","more":{}}"#), Some(Wish::Play));
        let loads = read(r#"{"setwise":1,"type":"load","files":[{"text":"kind: Pod"}],"autoplay":true}"#);
        assert!(matches!(loads, Some(Wish::Load { files, autoplay: true, .. }) if files[0].text == "kind: Pod"));
        for other in [
            r#"{"setwise":2,"type":"seek","step":4}"#,
            r#"{"type":"seek","step":4}"#,
            r#"{"setwise":1,"type":"seek","step":"4"}"#,
            r#"{"setwise":1,"type":"reboot"}"#,
            r#"{"setwise":1}"#,
            "\"seek\"",
            "null",
            "",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn news_have_the_version() {
        assert_eq!(write(&News::Ready), r#"{"setwise":1,"type":"ready"}"#);
        let step = News::Step { step: 3, of: 9, at: 1_250 };
        assert_eq!(write(&step), r#"{"setwise":1,"type":"step","step":3,"of":9,"at":1250}"#);
    }
}
