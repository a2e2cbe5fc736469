import { decompress, type HeaderLines, type Kept, type Recorded } from '../recording/index.js';

/** An exchange as it passed, its bodies decompressed: for judging, not for passing on. */
export function unpacked(passed: Recorded): Recorded {
  const { requestHeaders, requestBody, response } = passed;
  return {
    ...passed,
    requestBody: unpack(requestBody, requestHeaders),
    ...(response && { response: { ...response, body: unpack(response.body, response.headers) } }),
  };
}

function unpack(body: Kept, headers: HeaderLines): Kept {
  if (!('bytes' in body)) return body;
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  // From one thread to another a Buffer comes as the plain bytes it is made of.
  const { buffer, byteOffset, byteLength } = body.bytes;
  return decompress(Buffer.from(buffer, byteOffset, byteLength), encoding);
}
