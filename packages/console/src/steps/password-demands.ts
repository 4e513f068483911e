// What an account asks of a password, one demand a line
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html). The server judges; this only tells while one types.
import type { PasswordRequirements } from '@twinlock/server/console-api'

export type PasswordDemand = {
  readonly text: string
  readonly isMet: (password: string) => boolean
}

const CLASSES = {
  uppercase: { text: 'An uppercase letter', pattern: /[A-Z]/ },
  lowercase: { text: 'A lowercase letter', pattern: /[a-z]/ },
  numbers: { text: 'A digit', pattern: /[0-9]/ },
  symbols: {
    text: "A symbol: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '",
    pattern: /[!@#$%^&*()_+\-=[\]{}|']/,
  },
} as const

type CharacterClass = keyof typeof CLASSES

const ALL_CLASSES = Object.keys(CLASSES) as CharacterClass[]

export function demandsOf(requirements: PasswordRequirements): readonly PasswordDemand[] {
  const { minimumLength, classes } = requirements
  return [
    {
      text: `At least ${minimumLength} characters`,
      isMet: password => password.length >= minimumLength,
    },
    ...ALL_CLASSES.filter(name => requirements[name]).map(demandOfClass),
    ...(classes === undefined ? [] : [demandOfSome(classes)]),
  ]
}

const demandOfClass = (name: CharacterClass): PasswordDemand => ({
  text: CLASSES[name].text,
  isMet: password => CLASSES[name].pattern.test(password),
})

const demandOfSome = (classes: number): PasswordDemand => ({
  text: `At least ${classes} of: uppercase letters, lowercase letters, digits, symbols`,
  isMet: password =>
    ALL_CLASSES.filter(name => CLASSES[name].pattern.test(password)).length >= classes,
})
