-- Requests of the feed for wrk: wrk -s feed.lua URL -- KIND KEY FRAMEWORKS SEED [PATH [ETAG]]. Without a path a framework and a quarter
-- are drawn for each request, as pgbench draws them: so many pages that few of them are in memory.
local kind, frameworks, path

local function drawn()
  local year = math.random(2016, 2024)
  return math.random(1001, 1000 + frameworks), string.format("%d-%02d-Q%d", year, (year + 1) % 100, math.random(1, 4))
end

local kinds = {
  page = function() return string.format("/api/v1/observations?framework=%d&quarter=%s", drawn()) end,
  odata = function()
    return string.format("/odata/v1/Observations?$top=100&$filter=framework%%20eq%%20'%d'%%20and%%20quarter%%20eq%%20'%s'", drawn())
  end,
  fixed = function() return path end,
}

function init(args)
  kind, frameworks, path = args[1], tonumber(args[3]), args[5]
  if args[2] ~= "-" then wrk.headers["Authorization"] = "Bearer " .. args[2] end
  if args[6] then wrk.headers["If-None-Match"] = args[6] end
  math.randomseed(tonumber(args[4]))
end

function request()
  return wrk.format("GET", kinds[kind]())
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\nJSON {"n": %d, "seconds": %f, "bad": %d, "p50": %f, "p99": %f}\n', summary.requests, summary.duration / 1e6,
    e.status + e.connect + e.read + e.write + e.timeout, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
