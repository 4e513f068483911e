// Our cookies. Over TLS their names begin with `__Host-`, which a browser takes from nobody but this very host (RFC 6265bis
// §4.1.3.2); plain HTTP, on the machine itself, cannot have that.
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ATTEMPT_SECONDS } from '../authentication/sign-in-attempts.ts'
import { KNOWN_FOR_DAYS } from '../authentication/known-browsers.ts'
import { SIGNIN_TOKEN_SECONDS } from './federation/signin-tokens.ts'
import type { PublicOrigin } from './public-origin.ts'

export type CookieName = keyof typeof COOKIES

const SECONDS_PER_DAY = 86_400

/** Session cookies end with the browser; the server ends them sooner. */
const COOKIES = {
  // Lax: a link that leads here from elsewhere finds the person signed in.
  session: { sameSite: 'lax', maxAge: undefined },
  attempt: { sameSite: 'strict', maxAge: ATTEMPT_SECONDS },
  // A sign-in token that waits for a yes, because somebody else is signed in.
  federation: { sameSite: 'strict', maxAge: SIGNIN_TOKEN_SECONDS },
  browser: { sameSite: 'strict', maxAge: KNOWN_FOR_DAYS * SECONDS_PER_DAY },
} as const

const nameOf = (name: CookieName, { isSecure }: PublicOrigin) =>
  `${isSecure ? '__Host-' : ''}twinlock-${name}`

export const readCookie = (
  { cookies }: FastifyRequest,
  name: CookieName,
  origin: PublicOrigin,
): string | undefined => cookies[nameOf(name, origin)]

/** Sets the cookie, or takes it away where `value` is undefined. */
export function writeCookie(
  reply: FastifyReply,
  name: CookieName,
  value: string | undefined,
  origin: PublicOrigin,
): void {
  const { sameSite, maxAge } = COOKIES[name]
  const attributes: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    secure: origin.isSecure,
    sameSite,
  }
  if (value === undefined) reply.clearCookie(nameOf(name, origin), attributes)
  else
    reply.setCookie(
      nameOf(name, origin),
      value,
      maxAge === undefined ? attributes : { ...attributes, maxAge },
    )
}
