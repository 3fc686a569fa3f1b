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

/** A value that may be missing, as an argument of `compareAndSetAllScript`. */
export const optional = (value: string | undefined): string => (value === undefined ? '-' : `=${value}`);

/**
 * Keys, for each change: the value, the index. Arguments, for each change: the id, the expected value, the new value,
 * milliseconds.
 */
export const compareAndSetAllScript = `${common}
local count = #KEYS / 2
for each = 1, count do
  local current = redis.call('GET', KEYS[2 * each - 1])
  if (current and '=' .. current or '-') ~= ARGV[4 * each - 2] then return 0 end
end
for each = 1, count do
  local value, index = KEYS[2 * each - 1], KEYS[2 * each]
  local id, text = ARGV[4 * each - 3], ARGV[4 * each - 1]
  local lifetime = tonumber(ARGV[4 * each])
  redis.call('ZREMRANGEBYSCORE', index, '-inf', now)
  if text == '-' or lifetime <= 0 then
    redis.call('DEL', value)
    redis.call('ZREM', index, id)
  else
    redis.call('SET', value, string.sub(text, 2), 'PX', ARGV[4 * each])
    keep(index, id, lifetime)
  end
end
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
