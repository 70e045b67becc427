import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import type { App } from './core/app.ts'

/** The description of the API, from the schemas of its routes; at /api/openapi.json. */
export const openApi = ({ config }: App): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Longwave',
      description: 'The podcast host that you run yourself. Errors are problem+json documents (RFC 9457).',
      version: '0.1.0',
    },
    servers: [{ url: config.publicUrl }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  },
  hideUntagged: false,
  // The admin's forms are for its own pages.
  transform: ({ schema, url }) => ({ schema: url.startsWith('/admin') ? { ...schema, hide: true } : schema, url }),
})

/** The same for people, at /api/docs. */
export const referencePage: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  staticCSP: true,
  indexPrefix: '/api',
  theme: { title: 'Longwave API' },
}
