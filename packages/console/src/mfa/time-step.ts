// Codes live in steps of thirty seconds since the epoch (RFC 6238 §4.1).

export const STEP_SECONDS = 30

/** Seconds until the next code, from 30 down to 1. */
export const secondsLeft = (now: number) => STEP_SECONDS - (Math.floor(now / 1000) % STEP_SECONDS)

export const stepOf = (now: number) => Math.floor(now / 1000 / STEP_SECONDS)
