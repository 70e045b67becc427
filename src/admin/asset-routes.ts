import assets from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { builtFolder } from '../core/paths.ts'

/** The page's style sheet below `/assets/`, and its compiled scripts below `/assets/browser/`. */
export const adminAssets: FastifyPluginAsync = async (web) => {
  await web.register(assets, { root: builtFolder('admin/assets'), prefix: '/assets/', decorateReply: false })
  await web.register(assets, { root: builtFolder('admin/browser'), prefix: '/assets/browser/', decorateReply: false })
}
