// The account's alias, one at most: a name for the sign-in address that no other account has.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/console_account-alias.html
import type {
  CreateAccountAliasRequest,
  DeleteAccountAliasRequest,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { findAccountId } from '../../identifiers/account-id.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html
/** A new alias replaces the old one; a name that is taken, even by this account, is refused. Both were seen at AWS. */
export const CreateAccountAlias = operation<CreateAccountAliasRequest>({
  changes: true,

  permissions: () => [{ action: 'iam:CreateAccountAlias', resource: '*' }],

  async perform({ AccountAlias }, { account, db }) {
    if (findAccountId(AccountAlias) !== undefined) throw looksLikeAnAccountId()
    const holder = await db
      .selectFrom('account')
      .select('accountId')
      .where('alias', '=', AccountAlias)
      .executeTakeFirst()
    if (holder !== undefined) {
      throw new AwsError('EntityAlreadyExists', `The account alias ${AccountAlias} already exists.`)
    }
    await db
      .updateTable('account')
      .set({ alias: AccountAlias })
      .where('accountId', '=', account)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
export const ListAccountAliases = operation<ListAccountAliasesRequest, ListAccountAliasesResponse>({
  permissions: () => [{ action: 'iam:ListAccountAliases', resource: '*' }],

  async perform(input, context) {
    const { alias } = await context.db
      .selectFrom('account')
      .select('alias')
      .where('accountId', '=', context.account)
      .executeTakeFirstOrThrow()
    const aliases = alias === null ? [] : [alias]
    const { items, paging } = await pageOf(input, context, 'account aliases', aliases, name => name)
    return { AccountAliases: [...items], ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html
export const DeleteAccountAlias = operation<DeleteAccountAliasRequest>({
  changes: true,

  permissions: () => [{ action: 'iam:DeleteAccountAlias', resource: '*' }],

  async perform({ AccountAlias }, { account, db }) {
    const { numUpdatedRows } = await db
      .updateTable('account')
      .set({ alias: null })
      .where('accountId', '=', account)
      .where('alias', '=', AccountAlias)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) {
      throw new AwsError('NoSuchEntity', `The account alias ${AccountAlias} cannot be found.`)
    }
  },
})

export const accountAliasOperations = {
  CreateAccountAlias,
  DeleteAccountAlias,
  ListAccountAliases,
} satisfies Operations

/** The model's pattern lets twelve digits pass; the guide does not. The text is ours. */
const looksLikeAnAccountId = () =>
  new AwsError(
    'ValidationError',
    'The specified value for accountAlias is invalid. It must not be 12 digits, as account ids are.',
  )
