// The demo's company while its past is played: a server at the time of a clock that is turned, and what people hold in their hands.
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import type { Config } from '@twinlock/server'
import { open } from '@twinlock/server'
import type { TestKey } from '../../../server/test/web-security-key.ts'
import type { TurnedClock } from './turned-clock.ts'

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string }

export type World = {
  readonly endpoint: string
  readonly clock: TurnedClock
  /** Root's access key. */
  readonly root: Credentials
  /** Clients for requests of this moment, IAM's as root. */
  readonly iam: () => IAMClient
  readonly sts: (credentials: Credentials) => STSClient
  /** Passkeys and security keys, by the names of their devices. */
  readonly securityKeys: Map<string, TestKey>
  /** Active access keys, by the names of their users. */
  readonly accessKeys: Map<string, Credentials>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** @param known root's access key, where the account was made before */
export async function openWorld(
  config: Config,
  clock: TurnedClock,
  known?: Credentials,
): Promise<World> {
  await using opening = new AsyncDisposableStack()
  const twinlock = opening.use(await open(config, clock))
  const root = twinlock.made ?? known
  if (root === undefined) throw new Error('the account is there, and its root key is not known')
  const settings = (credentials: Credentials) => ({
    endpoint: twinlock.endpoint,
    region: config.region,
    credentials,
    // Read once, when a client is made.
    systemClockOffset: clock.now().getTime() - Date.now(),
  })
  const opened = opening.move()
  const kept = <Client extends { destroy: () => void }>(client: Client) =>
    opened.adopt(client, each => each.destroy())
  return {
    endpoint: twinlock.endpoint,
    clock,
    root,
    iam: () => kept(new IAMClient(settings(root))),
    sts: credentials => kept(new STSClient(settings(credentials))),
    securityKeys: new Map(),
    accessKeys: new Map(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
