pub fn command() -> crate::shell::Outcome {
    Ok(())
}
