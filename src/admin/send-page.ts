import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** Answers with a page, or a part of one, that no cache keeps: it is for one podcaster at one moment. */
export const sendPage = (reply: FastifyReply, page: VNode): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${renderToString(page)}`)
