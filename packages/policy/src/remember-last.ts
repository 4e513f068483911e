// A function that remembers its last answer. Of one request, condition after condition asks for the
// same address or date, and often the next request says the same.

/** `compute`, which need not compute again for the text that it was asked about last. */
export function rememberLast<Result>(compute: (text: string) => Result): (text: string) => Result {
  let lastText: string | undefined
  let last: Result
  return text => {
    if (text !== lastText) {
      last = compute(text)
      lastText = text
    }
    return last
  }
}
