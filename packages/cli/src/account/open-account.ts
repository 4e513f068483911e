// Where an account is read from: IAM at an endpoint, or a file that the AWS CLI has printed, for work away from it.
import {
  GetAccountSummaryCommand,
  type IAMClient,
  IAMServiceException,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam'
import type { RootSummary } from '@twinlock/policy'
import { Refusal } from '../command-errors.ts'
import type { Options, Values } from '../command.ts'
import { ENDPOINT_OPTIONS, openEndpoint } from '../commands/mfa/endpoint.ts'
import { type Io, tell } from '../io.ts'
import { sentenceOf } from '../outside-errors.ts'
import { readText } from '../read-text.ts'
import { openQuestions } from '../terminal/questions.ts'
import type { Account } from './account.ts'
import { type AuthorizationDetails, LISTS, readAccount } from './read-account.ts'

export const ACCOUNT_OPTIONS = {
  'account-details': {
    type: 'string',
    value: 'FILE',
    help: 'read the account from what `aws iam get-account-authorization-details` has printed, and ask no endpoint',
  },
  ...ENDPOINT_OPTIONS,
} as const satisfies Options

/** The account of the file, or the one whose credentials are used. */
export async function openAccount(
  values: Values<typeof ACCOUNT_OPTIONS>,
  io: Io,
): Promise<Account> {
  return (await open(values, io, async () => undefined)).account
}

/** With what the endpoint tells of the root user: a file tells nothing, and not everybody may ask. */
export async function openAccountWithRoot(values: Values<typeof ACCOUNT_OPTIONS>, io: Io) {
  return open(values, io, iam => summaryAt(iam, io))
}

async function open<More>(
  { 'account-details': path, ...place }: Values<typeof ACCOUNT_OPTIONS>,
  io: Io,
  readMore: (iam: IAMClient) => Promise<More>,
) {
  if (path !== undefined) {
    const account = readAccount(await detailsInFile(path))
    return { account: inhabited(account, `is ${path} the right file?`, io), more: undefined }
  }
  using questions = openQuestions(io)
  using endpoint = await openEndpoint(place, questions)
  const account = readAccount(await detailsAt(endpoint.iam))
  return {
    account: inhabited(account, 'are these the right credentials?', io),
    more: await readMore(endpoint.iam),
  }
}

/** Of an account with nobody in it nothing bad can be said, which is no good news. */
function inhabited(account: Account, doubt: string, io: Io): Account {
  if (account.users.length + account.roles.length === 0) {
    tell(io, `twinlock: the account has no users and no roles: ${doubt}`)
  }
  return account
}

async function summaryAt(iam: IAMClient, io: Io): Promise<RootSummary | undefined> {
  try {
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
    if (SummaryMap?.AccountMFAEnabled !== undefined) return SummaryMap
    tell(io, 'twinlock: root was not looked at: the summary of the account tells nothing of it.')
    return undefined
  } catch (error) {
    if (!(error instanceof IAMServiceException)) throw error
    tell(io, `twinlock: root was not looked at: ${sentenceOf(error)}`)
    return undefined
  }
}

/** All pages, of which AWS may answer up to a thousand entries each. */
async function detailsAt(client: IAMClient): Promise<AuthorizationDetails> {
  const details = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }
  const lists: Record<(typeof LISTS)[number], unknown[]> = details
  for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, {})) {
    for (const list of LISTS) lists[list].push(...(page[list] ?? []))
  }
  return lists
}

async function detailsInFile(path: string): Promise<AuthorizationDetails> {
  const details = parse(await readText(path), path)
  if (typeof details === 'object' && details !== null && LISTS.every(list => list in details)) {
    return details as AuthorizationDetails
  }
  throw new Refusal(
    `${path} is not what \`aws iam get-account-authorization-details\` prints: it has no ${LISTS.join(', ')}.`,
  )
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(`${path} is not JSON: ${(error as Error).message}.`, { cause: error })
  }
}
