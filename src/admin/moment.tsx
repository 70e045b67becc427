/** An instant in UTC; the page's script turns it into local time. */
export const Moment = ({ at }: { at: string }) => (
  <time dateTime={at}>{`${at.slice(0, 16).replace('T', ' ')} UTC`}</time>
)
