// The console's pages by address. Each page's script is loaded when it is first asked for.
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { nameInArn } from '../api/arns.ts'
import type { IdentityKind } from './permissions/identity.ts'
import { PageFailed, PageNotFound } from './shell/page-failed.tsx'
import type { PageHandle } from './shell/page-handle.ts'
import { PageLoading } from './shell/page-loading.tsx'
import { Shell } from './shell/shell.tsx'

type Load = () => Promise<ComponentType>
type Crumb = PageHandle['crumb']

/** A page of its own. */
const page = (path: string, crumb: Crumb, load: Load): RouteObject => ({
  path,
  handle: { crumb } satisfies PageHandle,
  lazy: async () => ({ Component: await load() }),
})

/** A page with others below it. */
const pages = (path: string, crumb: Crumb, load: Load, below: RouteObject[]): RouteObject => ({
  path,
  handle: { crumb } satisfies PageHandle,
  children: [{ index: true, lazy: async () => ({ Component: await load() }) }, ...below],
})

const calledBy =
  (parameter: string): Crumb =>
  params =>
    params[parameter] ?? ''

const identities = () => import('./permissions/identity-pages.tsx')

/** What is given to users, groups and roles on pages of their own. */
const identityPages = (kind: IdentityKind): RouteObject[] => [
  page(
    'attach-policies',
    'Attach policies',
    async () => (await identities()).ATTACH_POLICIES[kind],
  ),
  page('inline-policy', 'Inline policy', async () => (await identities()).INLINE_POLICY[kind]),
]

const USERS = pages('users', 'Users', async () => (await import('./users/users.tsx')).Users, [
  page('create', 'Create user', async () => (await import('./users/create-user.tsx')).CreateUser),
  pages(':userName', calledBy('userName'), async () => (await import('./users/user.tsx')).User, [
    page(
      'assign-mfa-device',
      'Assign MFA device',
      async () => (await import('./users/assign-mfa-device.tsx')).AssignMfaDeviceToUser,
    ),
    ...identityPages('user'),
  ]),
])

const GROUPS = pages(
  'groups',
  'User groups',
  async () => (await import('./groups/groups.tsx')).Groups,
  [
    page(
      'create',
      'Create user group',
      async () => (await import('./groups/create-group.tsx')).CreateGroup,
    ),
    pages(
      ':groupName',
      calledBy('groupName'),
      async () => (await import('./groups/group.tsx')).Group,
      identityPages('group'),
    ),
  ],
)

const ROLES = pages('roles', 'Roles', async () => (await import('./roles/roles.tsx')).Roles, [
  page('create', 'Create role', async () => (await import('./roles/create-role.tsx')).CreateRole),
  pages(':roleName', calledBy('roleName'), async () => (await import('./roles/role.tsx')).Role, [
    page(
      'trust-policy',
      'Trust policy',
      async () => (await import('./roles/edit-trust-policy.tsx')).EditTrustPolicy,
    ),
    ...identityPages('role'),
  ]),
])

const POLICIES = pages(
  'policies',
  'Policies',
  async () => (await import('./policies/policies.tsx')).Policies,
  [
    page(
      'create',
      'Create policy',
      async () => (await import('./policies/create-policy.tsx')).CreatePolicy,
    ),
    page(
      'details',
      (_, query) => nameInArn(query.get('arn') ?? 'Policy'),
      async () => (await import('./policies/policy.tsx')).Policy,
    ),
    page(
      'edit',
      (_, query) => `Edit ${nameInArn(query.get('arn') ?? 'policy')}`,
      async () => (await import('./policies/edit-policy.tsx')).EditPolicy,
    ),
  ],
)

const ACCOUNT_SETTINGS = pages(
  'account-settings',
  'Account settings',
  async () => (await import('./account-settings/account-settings.tsx')).AccountSettings,
  [
    page(
      'password-policy',
      'Edit password policy',
      async () => (await import('./account-settings/edit-password-policy.tsx')).EditPasswordPolicy,
    ),
  ],
)

const SECURITY_CREDENTIALS = pages(
  'security-credentials',
  'Security credentials',
  async () => (await import('./security-credentials/security-credentials.tsx')).SecurityCredentials,
  [
    page(
      'assign-mfa-device',
      'Assign MFA device',
      async () =>
        (await import('./security-credentials/assign-own-mfa-device.tsx')).AssignOwnMfaDevice,
    ),
  ],
)

const PAGES: RouteObject[] = [
  {
    index: true,
    handle: { crumb: 'Dashboard' } satisfies PageHandle,
    lazy: async () => ({ Component: (await import('./dashboard/dashboard.tsx')).Dashboard }),
  },
  USERS,
  GROUPS,
  ROLES,
  POLICIES,
  ACCOUNT_SETTINGS,
  SECURITY_CREDENTIALS,
  page(
    'hardware-tokens',
    'Hardware tokens',
    async () => (await import('./hardware-tokens/hardware-tokens.tsx')).HardwareTokens,
  ),
  page(
    'simulator',
    'Policy simulator',
    async () => (await import('./simulator/simulator.tsx')).Simulator,
  ),
  page(
    'command-line',
    'Command line',
    async () => (await import('./command-line/command-line.tsx')).CommandLine,
  ),
  page(
    'switch-role',
    'Switch role',
    async () => (await import('./switch-role/switch-role.tsx')).SwitchRole,
  ),
  { path: '*', handle: { crumb: 'Page not found' } satisfies PageHandle, Component: PageNotFound },
]

/** A page that fails leaves the frame around it standing; where the frame itself fails, at least it says so. */
export const routes: RouteObject[] = [
  {
    path: '/',
    handle: { crumb: 'IAM' } satisfies PageHandle,
    Component: Shell,
    ErrorBoundary: PageFailed,
    HydrateFallback: PageLoading,
    children: [{ ErrorBoundary: PageFailed, children: PAGES }],
  },
]
