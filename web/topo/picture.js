/** The view of a map as a picture, drawn anew and at twice the size, with a caption. */
import { paintOverlay } from './overlay.js';
import { namesIn } from './labels.js';
import { paintPart } from './tiles.js';

const captionHeight = 24;
const ratio = 2;

/** @param {import('./view.js').MapView} view @param {string} caption @returns {Promise<Blob>} a PNG */
export function pictureOf({ canvas, camera, scene, marked }, caption) {
  const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
  const picture = document.createElement('canvas');
  picture.width = width;
  picture.height = height + captionHeight * ratio;
  const context = picture.getContext('2d', { alpha: false });
  const scale = camera.z * ratio;
  const [left, top] = [camera.x - width / 2 / scale, camera.y - height / 2 / scale];
  const frame = { left, top, scale, ratio, z: camera.z, width, height };
  const named = namesIn(scene, camera.z);
  paintPart(context, scene, frame, named);
  paintOverlay(context, scene, frame, marked);
  paintCaption(context, scene.inks, caption, width, height);
  return new Promise((resolve, reject) => {
    picture.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png');
  });
}

function paintCaption(context, { surface, muted, font }, caption, width, top) {
  const height = captionHeight * ratio;
  context.fillStyle = surface;
  context.fillRect(0, top, width, height);
  Object.assign(context, { fillStyle: muted, font: `${12 * ratio}px ${font}`, textAlign: 'left', textBaseline: 'middle' });
  context.fillText(caption, 8 * ratio, top + height / 2);
}
