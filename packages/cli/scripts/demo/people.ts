// Who works at the demo's company, and how well each is locked. Days are days ago.
import type { GroupName } from './company.ts'
import type { Device } from './devices.ts'

export type User = {
  readonly userName: string
  readonly path: '/engineering/' | '/office/' | '/outside/' | '/service/'
  readonly group?: GroupName
  readonly jobTitle: string
  readonly hired: number
  /** Absent of programs: they have access keys alone. */
  readonly console?: ConsoleUse
  readonly accessKeys?: readonly AccessKey[]
  /** What a policy of its own allows, beside the group's. */
  readonly actions?: readonly string[]
  readonly hasBoundary?: true
  readonly switchedRole?: { readonly RoleName: string; readonly daysAgo: number }
}

type ConsoleUse = {
  /** When a password was chosen and the devices were enrolled. Absent of somebody who has yet to sign in for the first time. */
  readonly settled?: number
  readonly lastSignIn?: number
  readonly devices: readonly Device[]
}

export type AccessKey = {
  readonly made: number
  readonly used?: number
  readonly isInactive?: true
}

const app = (deviceName: string) => ({ kind: 'app', deviceName }) as const

/** The administrator, who looks after everybody from the second day on. */
export const ANA: User = {
  userName: 'ana',
  path: '/office/',
  group: 'administrators',
  jobTitle: 'Head of IT',
  hired: 200,
  console: {
    settled: 125,
    lastSignIn: 0.2,
    devices: [app('ana-phone'), { kind: 'key', deviceName: 'ana-key', isSynchronised: false }],
  },
  accessKeys: [{ made: 20, used: 2 }],
}

export const USERS: readonly User[] = [
  ANA,
  {
    userName: 'ben',
    path: '/engineering/',
    group: 'developers',
    jobTitle: 'Developer',
    hired: 196,
    console: { settled: 118, lastSignIn: 1, devices: [app('ben-phone')] },
    accessKeys: [{ made: 130, used: 0.4 }],
    switchedRole: { RoleName: 'deploy', daysAgo: 1.5 },
  },
  {
    userName: 'carla',
    path: '/engineering/',
    group: 'developers',
    jobTitle: 'Developer',
    hired: 120,
    console: {
      settled: 112,
      lastSignIn: 3,
      devices: [{ kind: 'key', deviceName: 'carla-passkey', isSynchronised: true }],
    },
  },
  {
    userName: 'david',
    path: '/engineering/',
    group: 'operations',
    jobTitle: 'Operator',
    hired: 190,
    console: {
      settled: 110,
      lastSignIn: 2,
      devices: [{ kind: 'token', serialNumber: 'TIDE-80017', digits: 8, periodSeconds: 60 }],
    },
  },
  {
    userName: 'elena',
    path: '/engineering/',
    group: 'operations',
    jobTitle: 'Operator',
    hired: 180,
    console: {
      settled: 115,
      lastSignIn: 21,
      devices: [{ ...app('elena-old-phone'), secondsBehind: 300 }],
    },
  },
  {
    userName: 'farid',
    path: '/office/',
    group: 'support',
    jobTitle: 'Ticket desk',
    hired: 95,
    console: { settled: 94, lastSignIn: 9, devices: [] },
  },
  {
    userName: 'grace',
    path: '/office/',
    group: 'finance',
    jobTitle: 'Accountant',
    hired: 150,
    console: {
      settled: 105,
      lastSignIn: 4,
      devices: [{ kind: 'token', serialNumber: 'TIDE-60042', digits: 6, periodSeconds: 30 }],
    },
    switchedRole: { RoleName: 'reporting', daysAgo: 11 },
  },
  {
    userName: 'hugo',
    path: '/office/',
    group: 'finance',
    jobTitle: 'Head of finance',
    hired: 198,
    console: { settled: 197, lastSignIn: 30, devices: [app('hugo-phone')] },
  },
  {
    userName: 'ines',
    path: '/office/',
    group: 'support',
    jobTitle: 'Ticket desk',
    hired: 3,
    console: { devices: [] },
  },
  {
    userName: 'jonas',
    path: '/outside/',
    group: 'contractors',
    jobTitle: 'Contractor',
    hired: 60,
    console: { settled: 59, lastSignIn: 12, devices: [app('jonas-phone')] },
    accessKeys: [{ made: 58, used: 40, isInactive: true }],
    hasBoundary: true,
  },
  {
    userName: 'kira',
    path: '/outside/',
    group: 'auditors',
    jobTitle: 'Auditor',
    hired: 45,
    console: { settled: 44, lastSignIn: 6, devices: [app('kira-phone')] },
  },
  {
    userName: 'liam',
    path: '/engineering/',
    group: 'operations',
    jobTitle: 'Operator',
    hired: 110,
    console: {
      settled: 109,
      lastSignIn: 5,
      devices: [{ kind: 'key', deviceName: 'liam-key', isSynchronised: false }],
    },
    accessKeys: [{ made: 108 }],
  },
  {
    userName: 'ci-deploy',
    path: '/service/',
    jobTitle: 'Program',
    hired: 170,
    accessKeys: [{ made: 35, used: 0.1 }],
    actions: ['lambda:UpdateFunctionCode', 's3:PutObject'],
  },
  {
    userName: 'timetable-importer',
    path: '/service/',
    jobTitle: 'Program',
    hired: 150,
    accessKeys: [{ made: 150 }],
    actions: ['s3:PutObject'],
  },
]
