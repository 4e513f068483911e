// A function that remembers its last answer. Of one request, condition after condition asks for the
// same address or date, and often the next request says the same.

/**
 * `compute`, which need not compute again for what it was asked about last. Of texts there is one such
 * function in the process, never one in a policy: what a request says is not kept with each policy that
 * it met.
 */
export function rememberLast<Asked extends string | number | bigint, Result>(
  compute: (asked: Asked) => Result,
): (asked: Asked) => Result {
  let lastAsked: Asked | undefined
  let last: Result
  return asked => {
    if (asked !== lastAsked) {
      last = compute(asked)
      lastAsked = asked
    }
    return last
  }
}
