import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { builtFolder } from '../core/paths.ts'

const pictures = builtFolder('site/assets')
const scripts = builtFolder('site/browser')
const tus = path.dirname(fileURLToPath(import.meta.resolve('tus-js-client/dist/tus.min.js')))

/** Source maps stay at home; podcast apps show the cover on pages of their own. */
const options: Partial<FastifyStaticOptions> = {
  index: false,
  cacheControl: false,
  allowedPath: (name) => !name.endsWith('.map'),
  setHeaders: (reply) => {
    reply.header('cache-control', 'public, max-age=3600')
    reply.header('access-control-allow-origin', '*')
    reply.header('cross-origin-resource-policy', 'cross-origin')
  },
}

/** Style sheet, pictures and browser scripts, below /assets/. */
export const assetRoutes: FastifyPluginAsync = async (web) => {
  await web.register(fastifyStatic, { ...options, root: pictures, prefix: '/assets/' })
  await web.register(fastifyStatic, { ...options, root: scripts, prefix: '/assets/browser/', decorateReply: false })
  web.get('/assets/tus.min.js', (_request, reply) => reply.sendFile('tus.min.js', tus))
  // Its address before it had several sizes: feeds that somebody keeps still name it.
  web.get('/assets/cover.jpg', (_request, reply) => reply.sendFile('cover/1400.jpg'))
  // Browsers ask for it without being told to.
  web.get('/favicon.ico', (_request, reply) => reply.sendFile('favicon.svg'))
}
