import type { Push } from './push.ts'
import type { PushView } from './schemas.ts'

/** A message as the API tells it. */
export const viewPush = ({ id, service, target, reason, state, attempts, ...push }: Push): PushView => ({
  id,
  service: service as PushView['service'],
  target,
  reason: reason as PushView['reason'],
  state: state as PushView['state'],
  attempts,
  ...(push.status !== null && { status: push.status }),
  ...(push.message !== null && { message: push.message }),
  createdAt: new Date(push.createdAt).toISOString(),
  ...(push.triedAt !== null && { triedAt: new Date(push.triedAt).toISOString() }),
})
