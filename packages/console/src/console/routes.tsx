// The console's pages by address. Each page's script is loaded when it is first asked for.
import type { RouteObject } from 'react-router'
import type { IdentityKind } from './permissions/identity.ts'
import { PageFailed, PageNotFound } from './shell/page-failed.tsx'
import type { PageHandle } from './shell/page-handle.ts'
import { PageLoading } from './shell/page-loading.tsx'
import { Shell } from './shell/shell.tsx'

const called = (crumb: PageHandle['crumb']): PageHandle => ({ crumb })
const calledBy = (parameter: string) => called(params => params[parameter] ?? '')

const identities = () => import('./permissions/identity-pages.tsx')

/** What is given to users, groups and roles on pages of their own. */
const identityPages = (kind: IdentityKind): RouteObject[] => [
  {
    path: 'attach-policies',
    handle: called('Attach policies'),
    lazy: async () => ({ Component: (await identities()).ATTACH_POLICIES[kind] }),
  },
  {
    path: 'inline-policy',
    handle: called('Inline policy'),
    lazy: async () => ({ Component: (await identities()).INLINE_POLICY[kind] }),
  },
]

const USERS: RouteObject = {
  path: 'users',
  handle: called('Users'),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./users/users.tsx')).Users }) },
    {
      path: 'create',
      handle: called('Create user'),
      lazy: async () => ({ Component: (await import('./users/create-user.tsx')).CreateUser }),
    },
    {
      path: ':userName',
      handle: calledBy('userName'),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./users/user.tsx')).User }) },
        {
          path: 'assign-mfa-device',
          handle: called('Assign MFA device'),
          lazy: async () => ({
            Component: (await import('./users/assign-mfa-device.tsx')).AssignMfaDeviceToUser,
          }),
        },
        ...identityPages('user'),
      ],
    },
  ],
}

const GROUPS: RouteObject = {
  path: 'groups',
  handle: called('User groups'),
  children: [
    {
      index: true,
      lazy: async () => ({ Component: (await import('./groups/groups.tsx')).Groups }),
    },
    {
      path: 'create',
      handle: called('Create user group'),
      lazy: async () => ({ Component: (await import('./groups/create-group.tsx')).CreateGroup }),
    },
    {
      path: ':groupName',
      handle: calledBy('groupName'),
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('./groups/group.tsx')).Group }),
        },
        ...identityPages('group'),
      ],
    },
  ],
}

const ROLES: RouteObject = {
  path: 'roles',
  handle: called('Roles'),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./roles/roles.tsx')).Roles }) },
    {
      path: 'create',
      handle: called('Create role'),
      lazy: async () => ({ Component: (await import('./roles/create-role.tsx')).CreateRole }),
    },
    {
      path: ':roleName',
      handle: calledBy('roleName'),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./roles/role.tsx')).Role }) },
        {
          path: 'trust-policy',
          handle: called('Trust policy'),
          lazy: async () => ({
            Component: (await import('./roles/edit-trust-policy.tsx')).EditTrustPolicy,
          }),
        },
        ...identityPages('role'),
      ],
    },
  ],
}

const POLICIES: RouteObject = {
  path: 'policies',
  handle: called('Policies'),
  children: [
    {
      index: true,
      lazy: async () => ({ Component: (await import('./policies/policies.tsx')).Policies }),
    },
    {
      path: 'create',
      handle: called('Create policy'),
      lazy: async () => ({
        Component: (await import('./policies/create-policy.tsx')).CreatePolicy,
      }),
    },
    {
      path: 'details',
      handle: called('Policy'),
      lazy: async () => ({ Component: (await import('./policies/policy.tsx')).Policy }),
    },
    {
      path: 'edit',
      handle: called('Edit policy'),
      lazy: async () => ({ Component: (await import('./policies/edit-policy.tsx')).EditPolicy }),
    },
  ],
}

const ACCOUNT_SETTINGS: RouteObject = {
  path: 'account-settings',
  handle: called('Account settings'),
  children: [
    {
      index: true,
      lazy: async () => ({
        Component: (await import('./account-settings/account-settings.tsx')).AccountSettings,
      }),
    },
    {
      path: 'password-policy',
      handle: called('Edit password policy'),
      lazy: async () => ({
        Component: (await import('./account-settings/edit-password-policy.tsx')).EditPasswordPolicy,
      }),
    },
  ],
}

const SECURITY_CREDENTIALS: RouteObject = {
  path: 'security-credentials',
  handle: called('Security credentials'),
  children: [
    {
      index: true,
      lazy: async () => ({
        Component: (await import('./security-credentials/security-credentials.tsx'))
          .SecurityCredentials,
      }),
    },
    {
      path: 'assign-mfa-device',
      handle: called('Assign MFA device'),
      lazy: async () => ({
        Component: (await import('./security-credentials/assign-own-mfa-device.tsx'))
          .AssignOwnMfaDevice,
      }),
    },
  ],
}

const PAGES: RouteObject[] = [
  {
    index: true,
    handle: called('Dashboard'),
    lazy: async () => ({ Component: (await import('./dashboard/dashboard.tsx')).Dashboard }),
  },
  USERS,
  GROUPS,
  ROLES,
  POLICIES,
  ACCOUNT_SETTINGS,
  SECURITY_CREDENTIALS,
  {
    path: 'hardware-tokens',
    handle: called('Hardware tokens'),
    lazy: async () => ({
      Component: (await import('./hardware-tokens/hardware-tokens.tsx')).HardwareTokens,
    }),
  },
  {
    path: 'simulator',
    handle: called('Policy simulator'),
    lazy: async () => ({ Component: (await import('./simulator/simulator.tsx')).Simulator }),
  },
  {
    path: 'command-line',
    handle: called('Command line'),
    lazy: async () => ({
      Component: (await import('./command-line/command-line.tsx')).CommandLine,
    }),
  },
  {
    path: 'switch-role',
    handle: called('Switch role'),
    lazy: async () => ({ Component: (await import('./switch-role/switch-role.tsx')).SwitchRole }),
  },
  { path: '*', handle: called('Page not found'), Component: PageNotFound },
]

/** The boundary stands below the frame: a page that fails leaves the rest standing. */
export const routes: RouteObject[] = [
  {
    path: '/',
    handle: called('IAM'),
    Component: Shell,
    HydrateFallback: PageLoading,
    children: [{ ErrorBoundary: PageFailed, children: PAGES }],
  },
]
