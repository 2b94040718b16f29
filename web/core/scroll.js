/** Scroll positions, kept with each step of the history: data comes after the page, so the browser cannot do it. */

const patience = 2000;

/** Keeps the position of the page with the current step. */
export function keepScroll() {
  let due = 0;
  addEventListener('scroll', () => {
    clearTimeout(due);
    due = window.setTimeout(() => history.replaceState({ ...history.state, y: scrollY }, ''), 120);
  }, { passive: true });
}

/** Goes to the position kept with the current step as soon as the page is tall enough, unless the user scrolls first. */
export function restoreScroll() {
  const wanted = history.state?.y ?? 0;
  const until = performance.now() + patience;
  let isLeft = false;
  const leave = () => (isLeft = true);
  for (const type of ['wheel', 'touchstart', 'keydown']) addEventListener(type, leave, { once: true, passive: true });
  const attempt = () => {
    const isTall = document.documentElement.scrollHeight - innerHeight >= wanted;
    if (isTall && !isLeft) scrollTo(0, wanted);
    if (!isTall && !isLeft && performance.now() < until) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
