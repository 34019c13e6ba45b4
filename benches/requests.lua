-- The four requests for wrk, drawn at random as pgbench draws them: wrk -s requests.lua URL -- WORK KEY QUARTER FIRST
local work, quarter, n
local kinds = {
  measure = function() return "GET", "/api/v1/measures/" .. math.random(100001, 125000) end,
  page = function()
    return "GET", "/api/v1/quarterly-submissions?framework=" .. math.random(1001, 1125) .. "&quarter=" .. quarter .. "&limit=100"
  end,
  scorecard = function() return "GET", "/api/v1/frameworks/" .. math.random(1001, 1125) .. "/scorecard?quarter=" .. quarter end,
  past = function()
    return "GET", "/api/v1/frameworks/" .. math.random(1001, 1125) .. "/scorecard?as_of=2025-06-01T00:00:00Z&quarter=" .. quarter
  end,
  write = function()
    n = n + 1
    return "PUT", "/api/v1/quarterly-submissions/" .. 100001 + n * 7919 % 25000 .. "/" .. quarter,
      '{"data_period":"' .. quarter .. '","value":41.2,"numerator":412,"denominator":1000,"stage":"provisional",' ..
      '"narrative":{"challenges":"Demand rose by a tenth against the same quarter a year before."}}'
  end,
}

function init(args)
  work, wrk.headers["Authorization"], quarter, n = args[1], "Bearer " .. args[2], args[3], tonumber(args[4])
  math.randomseed(n + 1)
  if work == "write" then wrk.headers["Content-Type"] = "application/json" end
end

function request()
  local method, path, body = kinds[work]()
  return wrk.format(method, path, nil, body)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\nJSON {"n": %d, "seconds": %f, "bad": %d, "p50": %f, "p99": %f}\n', summary.requests, summary.duration / 1e6,
    e.status + e.connect + e.read + e.write + e.timeout, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
