#if Redis
    extension RedisQueueKeys {
        /// An id whose entry an operator has deleted is none.
        static let put = """
            local items, ids, bell = KEYS[1], KEYS[2], KEYS[4]
            local at = redis.call('HGET', ids, ARGV[1])
            if at and #redis.call('XRANGE', items, at, at) > 0 then return 0 end
            redis.call('HSET', ids, ARGV[1], redis.call('XADD', items, '*', 'i', ARGV[1], 'b', ARGV[2]))
            redis.call('XADD', bell, 'MAXLEN', 1, '*', 'r', 1)
            return 1
            """

        /// First what is due again, then what nobody had: any piece that was claimed before is older than those.
        ///
        /// Makes the group where there is none, as after FLUSHALL; where the set of times does not have all that the group says
        /// is claimed, what it lacks runs out as if it were claimed now.
        static let claim = """
            local items, due, bell, node, limit = KEYS[1], KEYS[3], KEYS[4], ARGV[1], tonumber(ARGV[2])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local ends = now + tonumber(ARGV[3])
            local found = {}
            local function add(entry, attempt)
              redis.call('ZADD', due, ends, entry[1])
              found[#found + 1] = {entry[1], attempt, entry[2][2], entry[2][4]}
            end

            local pending = redis.pcall('XPENDING', items, 'work')
            if pending.err then
              redis.call('XGROUP', 'CREATE', items, 'work', '0', 'MKSTREAM')
              redis.call('DEL', due)
              pending = {0}
            end
            if pending[1] > redis.call('ZCARD', due) then
              for _, one in ipairs(redis.call('XPENDING', items, 'work', '-', '+', 10000)) do
                redis.call('ZADD', due, 'NX', ends, one[1])
              end
            end

            local late = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, 5000)
            local order = {}
            for _, entry in ipairs(late) do
              local ms, number = string.match(entry, '(%d+)-(%d+)')
              order[entry] = {tonumber(ms), tonumber(number)}
            end
            table.sort(late, function(left, right)
              local l, r = order[left], order[right]
              if l[1] ~= r[1] then return l[1] < r[1] end
              return l[2] < r[2]
            end)
            for _, entry in ipairs(late) do
              if #found >= limit then break end
              local got = redis.call('XCLAIM', items, 'work', node, 0, entry)[1]
              if got then
                add(got, redis.call('XPENDING', items, 'work', entry, entry, 1)[1][4])
              else
                redis.call('XACK', items, 'work', entry)
                redis.call('ZREM', due, entry)
              end
            end

            if #found < limit then
              local read = redis.call(
                'XREADGROUP', 'GROUP', 'work', node, 'COUNT', limit - #found, 'STREAMS', items, '>')
              if read then
                for _, entry in ipairs(read[1][2]) do add(entry, 1) end
              end
            end

            local rung = redis.call('XREVRANGE', bell, '+', '-', 'COUNT', 1)[1]
            local next = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
            local left = -1
            if next then left = math.max(0, next - now) end
            return {found, rung and rung[1] or '0-0', left}
            """

        /// Answers 0 unless the claim is the latest of its piece.
        static let ifHeld = """
            local items, ids, due, bell, entry = KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[1]
            local held = redis.pcall('XPENDING', items, 'work', entry, entry, 1)
            if held.err or not held[1] then return 0 end
            if held[1][2] ~= ARGV[2] or held[1][4] ~= tonumber(ARGV[3]) then return 0 end
            local function later(milliseconds)
              local time = redis.call('TIME')
              return time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(milliseconds)
            end

            """

        static let keep = """
            redis.call('ZADD', due, later(ARGV[5]), entry)
            return 1
            """

        static let finish = """
            redis.call('XACK', items, 'work', entry)
            redis.call('XDEL', items, entry)
            redis.call('ZREM', due, entry)
            if redis.call('HGET', ids, ARGV[4]) == entry then redis.call('HDEL', ids, ARGV[4]) end
            return 1
            """

        /// Nobody's, but still counted: the group keeps it under a consumer that no process is.
        static let giveBack = """
            redis.call('XCLAIM', items, 'work', '-', 0, entry, 'RETRYCOUNT', ARGV[3], 'JUSTID')
            redis.call('ZADD', due, later(ARGV[5]), entry)
            redis.call('XADD', bell, 'MAXLEN', 1, '*', 'r', 1)
            return 1
            """
    }
#endif
