// The ways in which a command ends without having done its work. Their messages are all that the user sees.

/** What was asked for can't be done: exit status 1. The message says why, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The command was typed wrongly: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The user gave up, with Ctrl-C or by ending the input: exit status 130, as shells have it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
