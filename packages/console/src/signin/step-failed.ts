/** Turns what a step threw into words. */
export type StepFailed = (error: unknown) => string
