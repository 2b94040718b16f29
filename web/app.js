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
