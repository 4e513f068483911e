/** Below /console. */
export const ASSIGN_MFA_DEVICE = '/security-credentials/assign-mfa-device'
