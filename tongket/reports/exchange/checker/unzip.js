// Reads a zip: the directory at its end, then each entry, never more than the limits.
const unzip = (() => {
  const LIMIT = { entries: 2000, bytes: 400 * 1048576 };
  const damaged = () => new Error("Tệp .zip đã hỏng hoặc không phải là .zip.");

  async function inflate(data, left) {
    if (typeof DecompressionStream === "undefined") {
      throw new Error("Trình duyệt này chưa tự giải nén được. Hãy giải nén gói rồi thả tất cả các tệp vào đây.");
    }
    const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > left) { reader.cancel(); throw new Error("Nội dung gói khi giải nén quá lớn nên đã dừng."); }
      parts.push(value);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  }

  // `wanted` chooses entries by name; the rest is not unpacked.
  return async (data, wanted = () => true) => {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let end = data.length - 22;
    const lowest = Math.max(0, end - 65535);
    while (end >= lowest && view.getUint32(end, true) !== 0x06054b50) end--;
    if (end < lowest) throw damaged();
    const count = view.getUint16(end + 10, true);
    if (count > LIMIT.entries) throw new Error("Gói có quá nhiều tệp.");
    const found = new Map();
    let at = view.getUint32(end + 16, true), left = LIMIT.bytes;
    for (let n = 0; n < count; n++) {
      if (at + 46 > data.length || view.getUint32(at, true) !== 0x02014b50) throw damaged();
      const flags = view.getUint16(at + 8, true), method = view.getUint16(at + 10, true);
      const packed = view.getUint32(at + 20, true);
      const nameLength = view.getUint16(at + 28, true);
      const start = view.getUint32(at + 42, true);
      const name = new TextDecoder().decode(data.subarray(at + 46, at + 46 + nameLength));
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      if (name.endsWith("/") || !wanted(name)) continue;
      if (found.has(name)) throw new Error(`Gói có hai tệp cùng tên “${name}”.`);
      if (flags & 1) throw new Error("Gói có tệp đặt mật khẩu, không kiểm tra được.");
      if (start + 30 > data.length || view.getUint32(start, true) !== 0x04034b50) throw damaged();
      const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      if (body + packed > data.length) throw damaged();
      const raw = data.subarray(body, body + packed);
      let content;
      if (method === 0) content = raw.slice();
      else if (method === 8) content = await inflate(raw, left);
      else throw new Error("Gói nén theo cách không hỗ trợ.");
      left -= content.length;
      if (left < 0) throw new Error("Nội dung gói khi giải nén quá lớn nên đã dừng.");
      found.set(name, content);
    }
    return found;
  };
})();
