/**
 * What Redis does in one step. The time is that of Redis, so that replicas whose clocks differ agree on what has
 * expired. Arguments therefore say how long something lasts, not when it ends. The index of a collection, and the
 * places of a key, are sorted by the end of each entry, and last as long as the last entry.
 */
const common = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function keep(key, member, lifetime)
  redis.call('ZADD', key, now + lifetime, member)
  if redis.call('PTTL', key) < lifetime then redis.call('PEXPIRE', key, lifetime) end
end
`;

/** A value that may be missing, as an argument of `compareAndSetScript`. */
export const optional = (value: string | undefined): string => (value === undefined ? '-' : `=${value}`);

/** Keys: the value, the index. Arguments: the id, the expected value, the new value, milliseconds. */
export const compareAndSetScript = `${common}
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local current = redis.call('GET', KEYS[1])
if (current and '=' .. current or '-') ~= ARGV[2] then return 0 end
local lifetime = tonumber(ARGV[4])
if ARGV[3] == '-' or lifetime <= 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
  return 1
end
redis.call('SET', KEYS[1], string.sub(ARGV[3], 2), 'PX', ARGV[4])
keep(KEYS[2], ARGV[1], lifetime)
return 1
`;

/** Key: the places. Arguments: the holder, the number of places, milliseconds. */
export const acquireScript = `${common}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local isHeld = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not isHeld and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
local lifetime = tonumber(ARGV[3])
if lifetime > 0 then keep(KEYS[1], ARGV[1], lifetime) end
return 1
`;
