// What sign-in makes of a step that did not work.
/** Turns what a step threw into words. */
export type StepFailed = (error: unknown) => string
