/** Under the draft's message in a channel whose canvas shows it. */
export const canvasNote = (url: string): string =>
  `It is in this channel’s <${url}|canvas>, too, which follows every change.`;
