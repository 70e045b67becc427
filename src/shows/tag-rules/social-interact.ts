import { invalid } from '../../core/errors.ts'
import type { SocialInteract } from '../feed-tags/social-interact.ts'
import { demandUri } from './links.ts'

const tag = 'podcast:socialInteract'

/** `podcast:socialInteract`: a post has an address; `disabled` stands alone and says nothing else. */
export function checkSocialInteract(posts: readonly SocialInteract[], field: string): void {
  for (const [index, { protocol, uri, ...others }] of posts.entries()) {
    const place = `${field}.${index}`
    if (protocol !== 'disabled') {
      if (uri === undefined)
        throw invalid(`“${place}.uri” is missing: the address of the post (${tag}).`, `${place}.uri`)
      demandUri(uri, `${place}.uri`, tag)
    } else if (uri !== undefined || Object.keys(others).length > 0 || posts.length > 1) {
      throw invalid(`“${place}” says disabled: then nothing else is said, and no other post given (${tag}).`, place)
    }
  }
}
