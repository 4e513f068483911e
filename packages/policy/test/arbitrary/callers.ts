// Callers of every kind, and the forms in which documents name them.
import type { PrincipalFacts } from '../../src/index.ts'

export const HOME = '111122223333'
export const AWAY = '444455556666'

export const ALICE = `arn:aws:iam::${HOME}:user/team/alice`
export const BOB = `arn:aws:iam::${AWAY}:user/bob`
export const DEV = `arn:aws:iam::${HOME}:role/dev`
const DEV_SESSION = `arn:aws:sts::${HOME}:assumed-role/dev/s1`
const FEDERATED = `arn:aws:sts::${HOME}:federated-user/fa`
export const SERVICE_LINKED = `arn:aws:iam::${HOME}:role/aws-service-role/ec2.amazonaws.com/linked`
const PROVIDER = `arn:aws:iam::${HOME}:oidc-provider/gitlab.example.com`
export const ALICE_ID = 'AIDAALICEALICEALICE01'
export const DEV_ID = 'AROADEVDEVDEVDEVDEV01'
export const CANONICAL_ID = '0123456789abcdef'.repeat(4)

const user = { isRoot: false, kind: 'user' } as const
const role = { isRoot: false, kind: 'role' } as const
const root = { isRoot: true, kind: 'root' } as const

/** Callers of every kind, among them a user made again under an old name. */
export const PRINCIPALS: readonly PrincipalFacts[] = [
  { ...user, account: HOME, arns: [ALICE], ids: [ALICE_ID] },
  { ...user, account: HOME, arns: [ALICE], ids: ['AIDAALICEMADEAGAIN001'] },
  { ...user, account: HOME, arns: [ALICE], ids: [ALICE_ID, CANONICAL_ID] },
  { ...user, account: AWAY, arns: [BOB], ids: ['AIDABOBBOBBOBBOBBOB01'] },
  { ...user, account: AWAY, arns: [BOB.replace('aws', 'aws-cn')], ids: ['AIDABOBBOBBOBBOBCN001'] },
  { ...role, account: HOME, arns: [DEV_SESSION, DEV], ids: [DEV_ID, `${DEV_ID}:s1`] },
  { ...role, account: HOME, arns: [DEV_SESSION, DEV], ids: [DEV_ID, CANONICAL_ID] },
  { ...role, account: AWAY, arns: [DEV_SESSION, DEV].map(away), ids: ['AROAAWAYAWAYAWAYAWAY1'] },
  {
    ...role,
    account: HOME,
    arns: [`arn:aws:sts::${HOME}:assumed-role/linked/s1`, SERVICE_LINKED],
    ids: ['AROALINKEDLINKEDLINK1'],
    isServiceLinked: true,
  },
  { ...root, account: HOME, arns: [`arn:aws:iam::${HOME}:root`], ids: [HOME] },
  { ...root, account: AWAY, arns: [`arn:aws:iam::${AWAY}:root`], ids: [AWAY] },
  {
    account: HOME,
    arns: [FEDERATED, ALICE],
    ids: [ALICE_ID],
    isRoot: false,
    kind: 'federatedUser',
  },
  { account: '', arns: ['ec2.amazonaws.com'], ids: [], isRoot: false, kind: 'service' },
  { account: '', arns: [PROVIDER], ids: [], isRoot: false, kind: 'federated' },
  { account: 'anonymous', arns: [], ids: [], isRoot: false, kind: 'anonymous' },
]

function away(arn: string): string {
  return arn.replace(HOME, AWAY)
}

export const ENTRIES: readonly (readonly [type: string, values: string | readonly string[]])[] = [
  ['AWS', '*'],
  ['AWS', HOME],
  ['AWS', `arn:aws:iam::${HOME}:root`],
  ['AWS', [AWAY, ALICE]],
  ['AWS', [HOME, ALICE]],
  ['AWS', [HOME, DEV, DEV_SESSION]],
  ['AWS', [HOME, DEV]],
  ['AWS', [HOME, DEV_SESSION]],
  ['AWS', [HOME, FEDERATED, ALICE]],
  ['AWS', [HOME, ALICE_ID]],
  ['AWS', [HOME, DEV_ID, DEV_SESSION]],
  ['AWS', AWAY],
  ['AWS', ALICE],
  ['AWS', [BOB, DEV]],
  ['AWS', DEV],
  ['AWS', DEV_SESSION],
  ['AWS', FEDERATED],
  ['AWS', SERVICE_LINKED],
  ['AWS', ALICE_ID],
  ['AWS', [DEV_ID, BOB]],
  ['Service', 'ec2.amazonaws.com'],
  ['Service', ['lambda.amazonaws.com', 'ec2.amazonaws.com']],
  ['Federated', PROVIDER],
  ['Federated', 'accounts.google.com'],
]
