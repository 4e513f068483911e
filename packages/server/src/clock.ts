// Time as a value that is passed in, so that tests can hold it, turn it and measure by it.

/** Tells the current time. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }
