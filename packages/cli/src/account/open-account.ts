// Where an account is read from: IAM at an endpoint, or a file that the AWS CLI has printed, for work away from it.
import { type IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam'
import { Refusal } from '../command-errors.ts'
import type { Options, Values } from '../command.ts'
import { ENDPOINT_OPTIONS, openEndpoint } from '../commands/mfa/endpoint.ts'
import type { Io } from '../io.ts'
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
  const { 'account-details': path, ...place } = values
  if (path !== undefined) return readAccount(await detailsInFile(path))
  using questions = openQuestions(io)
  using endpoint = await openEndpoint(place, questions)
  return readAccount(await detailsAt(endpoint.iam))
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
