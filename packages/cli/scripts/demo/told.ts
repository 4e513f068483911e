// What the demo says on the terminal: where to go, who to sign in as, and the codes that apps and tokens show.
import { tableOf } from '../../src/terminal/table.ts'
import { COMPANY } from './company.ts'
import { nameOf, shownCodes } from './devices.ts'
import type { User } from './people.ts'
import { USERS } from './people.ts'
import { CODE_DEVICES, ROOT_PASSWORD, ROOT_TOKEN, passwordOf } from './public-secrets.ts'

/** @param endpoint `http://127.0.0.1:6238` */
export function welcome(endpoint: string, data: string): string {
  const { host, port } = new URL(endpoint)
  const people = [
    [COMPANY.rootEmail, ROOT_PASSWORD, nameOf(ROOT_TOKEN)],
    ...USERS.filter(({ console }) => console !== undefined).map(rowOf),
  ]
  return `
${COMPANY.name}, account ${COMPANY.accountId} (${COMPANY.alias}), on ${host}. There is no such company: everybody knows its
passwords and seeds. So it listens to this machine alone, and nothing of yours belongs in it.

  http://localhost:${port}/signin?account=${COMPANY.alias}

${indented(tableOf(['USER', 'PASSWORD', 'SECOND LOCK'], people))}

The passkey and the security keys are in nobody's hands. docs/demo.md tells what everybody is there to show.
AWS profiles of those who have access keys are in ${data}/aws.
Enter shows the codes of this moment.
`
}

const rowOf = (user: User) => [user.userName, passwordOf(user), secondLockOf(user)]

/** By what somebody proves identity beside the password. */
export function secondLockOf({ console }: User): string {
  const names = console?.devices.map(nameOf) ?? []
  return names.length === 0 ? 'none' : names.join('; ')
}

/** The codes of all apps and tokens: two that follow each other, as enrolment and resynchronization want them. */
export function codesAt(now: Date): string {
  const rows = CODE_DEVICES.map(({ holder, device }) => {
    const { code, nextCode, secondsLeft } = shownCodes(device, holder, now)
    return [holder, code, `${secondsLeft} s`, nextCode, nameOf(device)]
  })
  return indented(tableOf(['HOLDER', 'CODE', 'FOR', 'NEXT', 'DEVICE'], rows))
}

const indented = (lines: readonly string[]) => lines.map(line => `  ${line}`).join('\n')
