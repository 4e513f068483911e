// The Date header (RFC 9110 §5.6.7), by which clients measure their clock's error. Printed once a second.

export function httpDates(): (now: Date) => string {
  let second = Number.NaN
  let text = ''
  return now => {
    const current = Math.floor(now.getTime() / 1000)
    if (current !== second) {
      second = current
      text = now.toUTCString()
    }
    return text
  }
}
