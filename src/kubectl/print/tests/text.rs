//! Columns and instants.

use crate::api::Time;
use crate::kubectl::print::tabwriter::TabWriter;
use crate::kubectl::print::time::{age, human_duration, parsed, rfc1123};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

#[test]
fn a_duration_has_two_or_three_figures() {
    for (millis, text) in [
        (0, "0s"),
        (999, "0s"),
        (SECOND, "1s"),
        (70 * SECOND, "70s"),
        (2 * MINUTE - 1, "119s"),
        (2 * MINUTE, "2m"),
        (2 * MINUTE + SECOND, "2m1s"),
        (190 * SECOND, "3m10s"),
        (10 * MINUTE - 1, "9m59s"),
        (10 * MINUTE + SECOND, "10m"),
        (70 * MINUTE, "70m"),
        (3 * HOUR - 1, "179m"),
        (3 * HOUR, "3h"),
        (3 * HOUR + MINUTE, "3h1m"),
        (8 * HOUR - 1, "7h59m"),
        (8 * HOUR + 59 * MINUTE, "8h"),
        (47 * HOUR, "47h"),
        (2 * DAY, "2d"),
        (49 * HOUR, "2d1h"),
        (8 * DAY - 1, "7d23h"),
        (8 * DAY + 23 * HOUR, "8d"),
        (367 * DAY, "367d"),
        (730 * DAY - 1, "729d"),
        (730 * DAY, "2y"),
        (730 * DAY + 25 * HOUR, "2y1d"),
        (8 * 365 * DAY - 1, "7y364d"),
        (8 * 365 * DAY, "8y"),
        (9 * 365 * DAY, "9y"),
    ] {
        assert_eq!(human_duration(millis), text, "{millis}");
    }
}

#[test]
fn an_age_counts_from_the_whole_second_that_the_api_server_keeps() {
    assert_eq!(age(Time(6_100), Some(Time(1_900))), "5s");
    assert_eq!(age(Time(6_100), None), "<unknown>");
    assert_eq!(age(Time(6_100), Some(Time(8_000))), "0s");
    assert_eq!(age(Time(6_100), Some(Time(36_000))), "<invalid>", "as of a pod whose time to stop is not over");
}

#[test]
fn an_instant_is_written_with_its_weekday() {
    assert_eq!(rfc1123(Some(Time(0))), "Thu, 01 Jan 2026 00:00:00 +0000");
    assert_eq!(rfc1123(Some(Time(326 * DAY + 22 * HOUR + 24 * MINUTE + 46_999))), "Mon, 23 Nov 2026 22:24:46 +0000");
    assert_eq!(rfc1123(None), "Mon, 01 Jan 0001 00:00:00 +0000");
}

#[test]
fn what_a_time_writes_is_read_again() {
    for seconds in [0, 59, 86_399, 31 * 86_400, 59 * 86_400 + 1, 364 * 86_400 + 3_661] {
        let time = Time(seconds * SECOND);
        assert_eq!(parsed(&time.to_string()), Some(time));
    }
    for text in
        ["", "2026-01-01", "2025-01-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "x-1-1T0:0:0Z"]
    {
        assert_eq!(parsed(text), None, "{text}");
    }
}

#[test]
fn cells_that_end_with_a_tab_share_the_width_of_their_column() {
    let text = "NAME\tREADY\tX\na\t1/1\t\nlonger-name\t0/1\tz\n";
    assert_eq!(
        TabWriter::of_tables().align(text),
        "NAME          READY   X\na             1/1     \nlonger-name   0/1     z\n"
    );
}

#[test]
fn a_line_without_a_cell_ends_a_column() {
    let text = "Name:\tx\nPods:\nNode-Selectors:\t<none>\n  a:\tb\n";
    assert_eq!(
        TabWriter::of_descriptions().align(text),
        "Name:  x\nPods:\nNode-Selectors:  <none>\n  a:             b\n"
    );
}

#[test]
fn characters_count_and_not_bytes() {
    assert_eq!(TabWriter::of_descriptions().align("é\tx\nab\ty\n"), "é   x\nab  y\n");
}

#[test]
fn tables_remember_how_wide_their_columns_were() {
    let mut writer = TabWriter::of_tables();
    assert_eq!(writer.align("NAME\tSTATUS\tAGE\n"), "NAME   STATUS   AGE\n");
    assert_eq!(writer.align("web-0\tContainerCreating\t1s\n"), "web-0   ContainerCreating   1s\n");
    assert_eq!(writer.align("web-0\tRunning\t2s\n"), "web-0   Running             2s\n");
}
