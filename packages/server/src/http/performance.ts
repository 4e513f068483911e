// The part of the way that both doors share, signed requests and the console: check the input, ask for the permissions, perform in
// one transaction, and leave a record.
import assert from 'node:assert/strict'
import { AwsError, validateInput } from '@twinlock/protocol'
import type { Input, Operation as OperationModel } from '@twinlock/protocol'
import type { Trail } from '../audit/trail.ts'
import type { Authenticated, Authenticator } from '../authentication/authenticate.ts'
import type { InTurn } from '../fair-turns.ts'
import type { Principals } from '../authorization/principals.ts'
import type { Context, House } from '../services/context.ts'
import type { Operation } from '../services/operation.ts'
import { touchAccount } from '../store/account-revision.ts'
import { restartingTransaction } from '../store/beforehand.ts'
import type { Queries, Store } from '../store/store.ts'
import type { Progress } from './progress.ts'

export type PerformanceParts = {
  readonly store: Store
  readonly house: House
  readonly principals: Principals
  readonly authenticator: Authenticator
  readonly trail: Trail
  /** A caller's changes wait for one another, before they take what all others need: the account's row, and a connection to write with. */
  readonly changesInTurn: InTurn
}

export type Performance = {
  readonly operation: OperationModel
  readonly handler: Operation<Input, object | void>
  /** Reads the input. @throws AwsError MalformedInput */
  readonly decode: () => Input
  readonly referer: string | undefined
  /** Refuses a change whose sender's session ended while it waited. @throws as the sender is told */
  readonly demandStanding?: ((tx: Queries) => Promise<void>) | undefined
}

/**
 * Performs an operation for the caller that was authenticated.
 * @throws AwsError; of one that refuses, a record is the caller's business
 */
export async function performOperation(
  parts: PerformanceParts,
  progress: Progress,
  { operation, handler, decode, referer, demandStanding }: Performance,
): Promise<object | void> {
  progress.operation = operation
  progress.readOnly = handler.readOnly ?? handler.changes !== true
  const input = decode()
  progress.input = input
  validateInput(operation, input)
  handler.check?.(input)

  const context = contextOf(parts, progress, referer)
  const output = await (handler.changes === true
    ? performChange(parts, progress, { handler, input, context, demandStanding })
    : performRead(parts, progress, handler, input, context))
  if (output instanceof AwsError) throw output
  return output
}

/** The request's context over some queries: committed data, or a transaction. */
function contextOf(
  { house }: PerformanceParts,
  progress: Progress,
  referer: string | undefined,
): (db: Queries) => Context {
  const { connection, now, requestId, userAgent } = progress
  const request = { ...connection, requestId, userAgent, referer }
  return db => {
    const { browser } = progress
    const { caller, region } = authenticatedOf(progress)
    return {
      account: caller.account,
      caller,
      now,
      region,
      db,
      house,
      request,
      ...(browser && { browser }),
    }
  }
}

function authenticatedOf({ authenticated }: Progress): Authenticated {
  assert(authenticated !== undefined)
  return authenticated
}

async function performRead<Output>(
  { store, trail }: PerformanceParts,
  progress: Progress,
  handler: Operation<Input, Output>,
  input: Input,
  context: (db: Queries) => Context,
): Promise<Output | AwsError> {
  const output = await authorizeAndPerform(handler, input, context(store.db))
  if (!(output instanceof AwsError)) await trail.note(progress, { output })
  return output
}

type Change<Output> = Pick<Performance, 'demandStanding'> & {
  readonly handler: Operation<Input, Output>
  readonly input: Input
  readonly context: (db: Queries) => Context
}

/**
 * One operation, one transaction: the change, its new revision and its record become durable together or not at all. Who asks is looked at
 * again when the change's turn has come: the key may be gone by then, the session over, the caller's name somebody else's.
 */
async function performChange<Output>(
  { store, principals, authenticator, trail, changesInTurn }: PerformanceParts,
  progress: Progress,
  { handler, input, context, demandStanding }: Change<Output>,
): Promise<Output | AwsError> {
  const { account, id } = authenticatedOf(progress).caller
  const transaction: Store['transaction'] = work =>
    changesInTurn(`${account} ${id}`, () => store.transaction(work))
  const output = await restartingTransaction({ transaction }, async tx => {
    const revision = await touchAccount(tx, account)
    await demandStanding?.(tx)
    // What is remembered may be newer than the caller: others have asked meanwhile.
    if (!principals.isAsOf(account, revision - 1)) principals.drop(account)
    await authenticateAgain(authenticator, progress)
    const result = await authorizeAndPerform(handler, input, context(tx))
    if (!(result instanceof AwsError)) await trail.write(tx, progress, { output: result })
    return result
  })
  principals.drop(account)
  return output
}

async function authenticateAgain(authenticator: Authenticator, progress: Progress): Promise<void> {
  const authenticated = authenticatedOf(progress)
  const { region } = authenticated
  progress.authenticated = await authenticator.authenticateAgain(authenticated)
  if (progress.browser === undefined) return
  const signedIn = { caller: progress.browser.signedInAs, region }
  const { caller: signedInAs } = await authenticator.authenticateAgain(signedIn)
  progress.browser = { ...progress.browser, signedInAs }
}

/** Authorization comes before the operation knows whether anything exists. */
async function authorizeAndPerform<Output>(
  handler: Operation<Input, Output>,
  input: Input,
  context: Context,
): Promise<Output | AwsError> {
  await context.house.authorizer.demand(context, await handler.permissions(input, context))
  return handler.perform(input, context)
}
