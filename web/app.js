/** Starts the dashboard. */
import { startClock, linkedZone, validZone } from './core/clock.js';
import { startKeys } from './core/keys.js';
import { startLive } from './core/live.js';
import { startRouter } from './core/router.js';
import { followLook, followOtherTabs } from './core/settings.js';
import { followTitle } from './core/title.js';
import { startRotation } from './ui/rotation.js';
import { startShell } from './ui/shell.js';
import { routes } from './routes.js';

// In a task of its own, short of the one that reads all of the script: the page is painted between the two.
setTimeout(start);

function start() {
  followLook();
  followOtherTabs();
  followTitle();
  startRouter(routes);
  linkedZone.value = validZone(new URLSearchParams(location.search).get('zone') ?? '');
  startClock();
  startKeys();
  startShell();
  startRotation();
  startLive(/** @type {HTMLMetaElement} */ (document.querySelector('meta[name=stream]')).content);
}
