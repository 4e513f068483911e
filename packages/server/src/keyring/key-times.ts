// How a new data key spreads, in times. It is in the store before anybody seals by it, and every node looks there often enough to
// have it by then: no node meets a seal whose key it has not looked for, and nobody makes a node look more often by inventing key ids.

/** A node that is asked something looks for new keys when it last did so this long ago. */
export const KEY_CHECK_MS = 1000

/** A node that is asked nothing looks this often. */
export const IDLE_KEY_CHECK_MS = 5000

/** A keyring seals nothing when it was last compared with the store longer ago: it might miss a key, or hold one that is retired. */
export const KEYRING_TRUSTED_MS = 20_000

/** How far the clocks of nodes may be apart. */
const CLOCKS_APART_MS = 10_000

/** A new key is in the store this long before it seals. */
export const PUBLISHED_BEFORE_MS = KEYRING_TRUSTED_MS + CLOCKS_APART_MS

/** This long after a key has begun to seal, no node seals by an older one. */
export const SETTLED_AFTER_MS = KEYRING_TRUSTED_MS + CLOCKS_APART_MS
