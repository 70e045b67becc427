/** The keys under which `Changes` is told of a show. This one: the show or one of its episodes was written. */
export const showKey = (showId: string): string => `show:${showId}`

/** The show's feed document was made again. */
export const feedKey = (showId: string): string => `feed:${showId}`

/** The show that a change is about; undefined when it is about something else. */
export const showIdOf = (key: string): string | undefined => /^(?:show|feed):(.+)$/s.exec(key)?.[1]
