// A console password that nobody thought of.

/** Without characters that look alike. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!@#$%^&*()_+-=[]{}|'

/** What a password policy can demand. */
const CLASSES = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]

/** Some 128 bits, and never shorter than a password policy asks for. */
const LENGTH = 20

/** Has all four classes that a password policy can demand. @param minimumLength the policy's */
export function generatedPassword(minimumLength = 0): string {
  const length = Math.max(LENGTH, minimumLength)
  for (;;) {
    const password = Array.from({ length }, () => ALPHABET[randomBelow(ALPHABET.length)]).join('')
    if (CLASSES.every(characters => characters.test(password))) return password
  }
}

/** Evenly: numbers of the last, incomplete round are drawn anew. */
function randomBelow(limit: number): number {
  const round = Math.floor(2 ** 32 / limit) * limit
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < round) return drawn % limit
  }
}
