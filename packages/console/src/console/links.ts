// The addresses of the console's pages, as the router knows them (below /console). Names may hold any character that a path may not.

const at =
  (collection: string) =>
  (name: string, page = '') =>
    `/${collection}/${encodeURIComponent(name)}${page}`

export const links = {
  dashboard: '/',
  users: '/users',
  createUser: '/users/create',
  user: at('users'),
  groups: '/groups',
  createGroup: '/groups/create',
  group: at('groups'),
  roles: '/roles',
  createRole: '/roles/create',
  role: at('roles'),
  policies: '/policies',
  createPolicy: '/policies/create',
  /** By ARN, because AWS's policies and the account's may bear one name. In the query, because paths hold no encoded slash. */
  policy: (arn: string) => `/policies/details?arn=${encodeURIComponent(arn)}`,
  editPolicy: (arn: string) => `/policies/edit?arn=${encodeURIComponent(arn)}`,
  accountSettings: '/account-settings',
  passwordPolicy: '/account-settings/password-policy',
  hardwareTokens: '/hardware-tokens',
  simulator: '/simulator',
  simulatorFor: (arn: string) => `/simulator?principal=${encodeURIComponent(arn)}`,
  switchRole: '/switch-role',
  securityCredentials: '/security-credentials',
  assignMfaDevice: '/security-credentials/assign-mfa-device',
  commandLine: '/command-line',
} as const

/** Where people sign in to an account. @param account its id or alias */
export const signInUrl = (account: string): string =>
  `${location.origin}/signin?account=${encodeURIComponent(account)}`
