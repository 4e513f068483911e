/** Actions of this service that AWS does not have. */
export const OWN_ACTIONS: readonly string[] = [
  'twinlock:DeleteHardwareToken',
  'twinlock:EndSessions',
  'twinlock:GetMFARequirement',
  'twinlock:ImportHardwareTokens',
  'twinlock:ListHardwareTokens',
  'twinlock:ListSessions',
  'twinlock:PutMFARequirement',
]
