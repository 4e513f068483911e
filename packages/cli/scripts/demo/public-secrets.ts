// The passwords of the demo and everything that shows codes: docs/demo.md lists them, so they protect nothing.
import type { App, Token } from './devices.ts'
import type { User } from './people.ts'
import { USERS } from './people.ts'

/** Root's own. */
export const ROOT_TOKEN: Token = {
  kind: 'token',
  serialNumber: 'TIDE-60001',
  digits: 6,
  periodSeconds: 30,
}

/** For whoever enrols next. */
export const SPARE_TOKEN: Token = { ...ROOT_TOKEN, serialNumber: 'TIDE-60099' }

/** Everything that shows codes, and the holder from whose name its seed is told. */
export const CODE_DEVICES: readonly { readonly holder: string; readonly device: App | Token }[] = [
  { holder: 'root', device: ROOT_TOKEN },
  ...USERS.flatMap(({ userName, console }) =>
    (console?.devices ?? [])
      .filter(device => device.kind !== 'key')
      .map(device => ({ holder: userName, device })),
  ),
  { holder: 'spare', device: SPARE_TOKEN },
]

export const ROOT_PASSWORD = 'Root-two-locks-1'

/** The password that a user signs in with; of somebody who never did, the one to be changed. */
export const passwordOf = (user: User): string =>
  user.console?.settled === undefined
    ? firstPasswordOf(user)
    : `${capitalised(user.userName)}-two-locks-1`

/** The password that the administrator gave out. */
export const firstPasswordOf = ({ userName }: User): string =>
  `${capitalised(userName)}-first-day-1`

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
