# hook.sh for Windows PowerShell 5.1 and later: `hook.ps1 <agent> <event>`, the event's payload on stdin, and
# `hook.ps1 --drain [home]`. It keeps to the same contract, and what lies in spool and state is the same (README.md); the folder
# of a place is written without the colon of its drive.

$ErrorActionPreference = 'Stop'
$Utf8 = New-Object Text.UTF8Encoding($false)
$BodyCharsMax = 10000000
$BatchEventsMax = 256
$BatchCharsMax = 2796202          # 8 MiB, if every character took three bytes
$SpoolSecondsMax = 604800
$SpoolFilesMax = 200000
$SpoolBytesMax = 536870912
$SendSecondsMax = 60
$BeatSecondsMax = 150
$PatienceSeconds = 600
$BackoffSecondsMax = 300
$RetryAfterSecondsMax = 3600
$TriesMax = 3

function Use-Home([string]$path) {
  $script:base = $path
  $script:spool = Join-Path $path 'spool'
  $script:state = Join-Path $path 'state'
  [void][IO.Directory]::CreateDirectory($spool)
  [void][IO.Directory]::CreateDirectory((Join-Path $state 'dropped'))
}

function Read-Text([string]$path) {
  try { return [IO.File]::ReadAllText($path, $Utf8) } catch { return '' }
}

function Write-Text([string]$path, [string]$text) {
  [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
  [IO.File]::WriteAllText($path, $text, $Utf8)
}

function Read-Words([string]$name) {
  return , @((Read-Text (Join-Path $state $name)).Trim() -split '\s+')
}

function Get-Seconds { return [long][Math]::Floor(([DateTime]::UtcNow.Ticks - 621355968000000000) / 10000000) }

function Add-Dropped([string]$reason, [int]$count = 1) {
  [IO.File]::AppendAllText((Join-Path $state "dropped\$reason"), ' ' * $count)
}

# ---- The event

# The first value of one of the keys. A quote inside of a string is escaped, so that this is a key and not a part of a text.
function Find-Value([string]$keys) {
  $found = [regex]::Match($head, '(?<!\\)"(?:' + $keys + ')"\s*:\s*\[?\s*"((?:[^"\\]|\\.)+)"')
  return $found.Groups[1].Value.Replace('\\', '\').Replace('\/', '/')
}

function Read-Facts {
  $script:head = $body.Substring(0, [Math]::Min($body.Length, 4096))
  $script:session = Find-Value 'session_id|sessionId|conversation_id|conversationId|trajectory_id|taskId'
  $script:cwd = Find-Value 'cwd|workspace_roots|workspacePaths|workspaceRoots'
  $script:isSubagent = (Find-Value 'agent_id|parent_agent_id|subagentType') -ne ''
  $script:caller = $agent
  if (Find-Value 'cursor_version') { $script:caller = 'cursor' }
  elseif ((Find-Value 'hookEventName') -and (Find-Value 'hook_event_name')) { $script:caller = 'grok' }
  elseif ($env:DEVIN_PROJECT_DIR -and $agent -eq 'claude-code') { $script:caller = 'devin' }
  if ($cwd -notmatch '^([A-Za-z]:[\\/]|[\\/])' -or $cwd -match '(^|[\\/])\.\.([\\/]|$)') {
    $script:cwd = @($env:CURSOR_PROJECT_DIR, $env:GROK_WORKSPACE_ROOT, $env:CLAUDE_PROJECT_DIR, $env:DEVIN_PROJECT_DIR, (Get-Location).Path) | Where-Object { $_ } | Select-Object -First 1
  }
  $script:cwd = $cwd.TrimEnd('\', '/')
}

function Test-ReportedElsewhere {
  if ($caller -eq $agent) { return $false }
  $wired = Join-Path $state 'wired'
  return (Test-Path (Join-Path $wired $caller)) -or ($agent -ne 'claude-code' -and (Test-Path (Join-Path $wired 'claude-code')))
}

function Set-Stamp {
  $time = [DateTime]::UtcNow
  $script:stamp = ($time.Ticks - 621355968000000000) * 100
  $script:at = $time.ToString('yyyy-MM-ddTHH:mm:ss.fffffffZ', [Globalization.CultureInfo]::InvariantCulture)
  $last = 0L
  if ([long]::TryParse((Read-Text (Join-Path $state 'clock')).Trim(), [ref]$last) -and $stamp -le $last -and $last - $stamp -lt 3600000000000) { $script:stamp = $last + 1 }
  Write-Text (Join-Path $state 'clock') "$stamp`n"
}

function Write-Event {
  if ($body.Length -gt $BodyCharsMax) { Add-Dropped 'too-large'; return }
  $query = "event=$eventName&agent=$caller&ingest_key=$machine-$stamp-$PID$place"
  if (-not $session) {
    $minted = Join-Path $placeDir ".session-$caller"
    if ($isStart) { Write-Text $minted "$caller-$machine-$stamp`n" }
    $name = (Read-Text $minted).Trim()
    if ($name) { $query += "&session_id=$name" }
  }
  $text = $body.Trim()
  if ($text -eq '' -or $text -eq '{}') { $text = "{""occurred_at"":""$at""}" }
  elseif ($text[0] -eq '{') { $text = "{""occurred_at"":""$at""," + $text.Substring(1) }
  $file = Join-Path $spool "$stamp-$PID"
  try {
    [IO.File]::WriteAllText("$file.tmp", "$query`n$text`n", $Utf8)
    [IO.File]::Move("$file.tmp", "$file.event")
  } catch {
    Add-Dropped 'not-written'
  }
}

# ---- Where a folder's memories go

function Read-Place {
  $script:machine = (Read-Text (Join-Path $state 'machine')).Trim()
  if (-not $machine) {
    $script:machine = [Guid]::NewGuid().ToString('N').Substring(0, 8)
    Write-Text (Join-Path $state 'machine') "$machine`n"
  }
  $script:placeDir = Join-Path (Join-Path $state 'places') ($cwd -replace ':', '').TrimStart('\', '/')
  $file = Join-Path $placeDir '.place'
  if ($isStart -or -not (Test-Path -LiteralPath $file)) { try { Write-Text $file (Find-Place) } catch { } }
  $lines = @((Read-Text $file) -split "`n")
  $script:place = "$($lines[0])"
  $script:serverName = "$($lines[1])"
  $script:capturing = "$($lines[2])"
  $script:exclusions = @($lines | Select-Object -Skip 3 | Where-Object { $_ })
}

function Find-Place {
  $said = @{}
  foreach ($marker in Get-Markers) { Add-Marker $said $marker }
  $query = '&cwd=' + [Uri]::EscapeDataString($cwd)
  foreach ($key in 'workspace', 'identity_style', 'drop_subagent', 'default_global', 'briefing', 'briefing_budget') {
    if ($said[$key]) { $query += "&$key=" + [Uri]::EscapeDataString($said[$key]) }
  }
  if ($said['project']) { $query += '&project=' + [Uri]::EscapeDataString($said['project']) + '&project_src=marker' }
  else { $query += Get-RepositoryName }
  if ($said['identity']) { $query += '&identity=' + [Uri]::EscapeDataString($said['identity']) + '&identity_src=explicit' }
  else { $query += Get-RepositoryIdentity }
  return (@($query, $said['server'], $said['capture']) + @($said['exclude'] | Where-Object { $_ })) -join "`n"
}

# The nearest first, up to the home folder, or outside of it up to the checkout's root.
function Get-Markers {
  $person = [Environment]::GetFolderPath('UserProfile')
  $isAtHome = "$cwd\".StartsWith("$person\", [StringComparison]::OrdinalIgnoreCase)
  for ($folder = $cwd; $folder; $folder = [IO.Path]::GetDirectoryName($folder)) {
    $marker = Join-Path $folder '.ai-memory.toml'
    if (Test-Path -LiteralPath $marker) { $marker }
    if ($folder -eq $person -or (-not $isAtHome -and (Test-Path -LiteralPath (Join-Path $folder '.git')))) { return }
  }
}

function Add-Marker($said, [string]$path) {
  $mine = @{}
  $table = ''
  $text = [regex]::Replace((Read-Text $path), '(?ms)^\s*ignore_paths\s*=\s*\[(.*?)\]', {
    param($array)
    $globs = @([regex]::Matches($array.Groups[1].Value, '"([^"]+)"|''([^'']+)''') | ForEach-Object { $_.Groups[1].Value + $_.Groups[2].Value })
    $mine['exclude'] = @($globs | Select-Object -First 128 | ForEach-Object { ConvertTo-Expression $_ ([IO.Path]::GetDirectoryName($path)) })
    return ''
  })
  foreach ($line in $text -split "`r?`n") {
    if ($line -match '^\s*\[\s*"?([\w.-]+)"?\s*\]') { $table = $Matches[1] + '.'; continue }
    if ($line -notmatch '^\s*"?([\w-]+)"?\s*=\s*(?:"([^"]*)"|''([^'']*)''|([^\s#]+))') { continue }
    $value = "$($Matches[2])$($Matches[3])$($Matches[4])"
    switch ($table + $Matches[1]) {
      'workspace' { $mine['workspace'] = $value }
      'project' { $mine['project'] = $value }
      'identity' { $mine['identity'] = $value }
      'identity_style' { $mine['identity_style'] = $value }
      'server' { if ($value -cmatch '^[a-z0-9][a-z0-9._-]*$') { $mine['server'] = $value } }
      'capture.enabled' { if ($value -eq 'false') { $mine['capture'] = 'off' } else { $mine['capture'] = 'on' } }
      'drop_subagent_captures' { if ($value -eq 'true') { $mine['drop_subagent'] = '1' } }
      'recall.default_global' { if ($value -eq 'true') { $mine['default_global'] = '1' } }
      'briefing.inject_on_session_start' { if ($value -eq 'true') { $mine['briefing'] = '1' } }
      'briefing.max_chars' { if ($value -match '^\d+$') { $mine['briefing_budget'] = $value } }
    }
  }
  # What belongs together is taken from one marker.
  foreach ($kind in @('workspace', 'project', 'identity', 'identity_style'), @('capture', 'exclude'), @('server'), @('drop_subagent'), @('default_global'), @('briefing'), @('briefing_budget')) {
    if (-not @($kind | Where-Object { $said.ContainsKey($_) })) { foreach ($key in $kind) { if ($mine.ContainsKey($key)) { $said[$key] = $mine[$key] } } }
  }
}

# A pattern with a slash begins at the marker's folder; one without names a file or folder anywhere below.
function ConvertTo-Expression([string]$glob, [string]$folder) {
  $glob = $glob -replace '^\./', '' -replace '/(\*\*)?$', ''
  $start = '/'
  if ($glob.Contains('/')) { $start = '^' + [regex]::Escape($folder.Replace('\', '/')) + '/' }
  $parts = [regex]::Escape($glob.TrimStart('/')) -replace '\\\*\\\*/', '(.*/)?' -replace '\\\*\\\*', '.*' -replace '\\\*', '[^/]*' -replace '\\\?', '[^/]'
  return $start + $parts + '(/|$)'
}

function Invoke-Git([string[]]$arguments) {
  # What git says on stderr is no reason to stop.
  $ErrorActionPreference = 'SilentlyContinue'
  if (-not (Get-Command git -ErrorAction SilentlyContinue)) { return '' }
  return "$(& git -C $cwd @arguments 2>$null)".Trim()
}

function Get-RepositoryName {
  $common = Invoke-Git 'rev-parse', '--git-common-dir'
  if (-not $common) { return '' }
  $root = Invoke-Git 'rev-parse', '--show-toplevel'
  if ($common -match '(^|[\\/])\.git$') { $root = [IO.Path]::GetDirectoryName([IO.Path]::GetFullPath([IO.Path]::Combine($cwd, $common))) }
  $name = [IO.Path]::GetFileName($root)
  if (-not $name) { return '' }
  return '&project=' + [Uri]::EscapeDataString($name) + '&project_src=repo-root'
}

# Neither credentials nor a path on this machine leave it.
function Get-RepositoryIdentity {
  foreach ($name in 'upstream', 'origin') {
    $remote = Invoke-Git 'config', '--get', "remote.$name.url"
    if (-not $remote) { continue }
    if ($remote -match '^(file:|[/.~]|[A-Za-z]:[\\/])|\\') { return '' }
    $remote = $remote -replace '^([^:]+://)[^/]*@', '$1' -replace '[?#].*$', ''
    return '&identity=' + [Uri]::EscapeDataString($remote) + '&identity_src=git_remote'
  }
  return ''
}

# A payload that can't be read may name anything.
function Test-Excluded {
  if ($capturing -eq 'off') { return $true }
  if ($exclusions.Count -eq 0) { return $false }
  try { $payload = ConvertFrom-Json $body } catch { return $true }
  foreach ($key in 'tool_input', 'toolInput', 'tool_args', 'toolArgs', 'toolCall', 'tool_info', 'preToolUse', 'postToolUse') {
    foreach ($text in @(Get-Strings $payload.$key)) {
      foreach ($word in @($text) + @($text -split '[\s"''`;|&()<>,={}\[\]]+')) { if ($word -and (Test-ExcludedPath $word)) { return $true } }
    }
  }
  return $false
}

function Get-Strings($value) {
  if ($value -is [string]) { $value }
  elseif ($value -is [array]) { foreach ($each in $value) { Get-Strings $each } }
  elseif ($value -is [Management.Automation.PSCustomObject]) { foreach ($property in $value.PSObject.Properties) { Get-Strings $property.Value } }
}

function Test-ExcludedPath([string]$path) {
  $path = $path -replace '\\+', '/' -replace '^\./', ''
  if ($path -notmatch '^([A-Za-z]:)?/') { $path = $cwd.Replace('\', '/') + '/' + $path }
  foreach ($expression in $exclusions) { if ($path -match $expression) { return $true } }
  return $false
}

# ---- The server

function Read-Config {
  $text = Read-Text (Join-Path $base 'config.toml')
  if (-not $text) { return $false }
  $script:server = 'http://127.0.0.1:49374'
  $script:handoffMs = 1000
  if ($text -match '(?m)^\s*server_url\s*=\s*["'']([^"'']+)["'']') { $script:server = $Matches[1].TrimEnd('/') }
  if ($text -match '(?m)^\s*handoff_timeout_ms\s*=\s*([1-9]\d{2,3})\b') { $script:handoffMs = [int]$Matches[1] }
  $script:token = (Read-Text (Join-Path $base 'token')).Trim()
  return $true
}

# Sets status (0 for no answer), answer, contentType and retryAfter.
function Send-Request([string]$method, [string]$path, [int]$milliseconds, [string]$content) {
  $script:status = 0
  $script:answer = ''
  $script:contentType = ''
  $script:retryAfter = ''
  Add-Type -AssemblyName System.Net.Http
  [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
  $handler = New-Object Net.Http.HttpClientHandler
  $handler.AllowAutoRedirect = $false
  $client = New-Object Net.Http.HttpClient($handler)
  try {
    $client.Timeout = [TimeSpan]::FromMilliseconds($milliseconds)
    $request = New-Object Net.Http.HttpRequestMessage((New-Object Net.Http.HttpMethod($method)), "$server$path")
    if ($token) { [void]$request.Headers.TryAddWithoutValidation('Authorization', "Bearer $token") }
    if ($content) { $request.Content = New-Object Net.Http.StringContent($content, $Utf8, 'application/json') }
    $response = $client.SendAsync($request).GetAwaiter().GetResult()
    $script:answer = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    $script:contentType = "$($response.Content.Headers.ContentType)"
    if ($response.Headers.RetryAfter) { $script:retryAfter = "$($response.Headers.RetryAfter)" }
    $script:status = [int]$response.StatusCode
  } catch {
    $script:status = 0
  } finally {
    $client.Dispose()
  }
}

# ---- Sending the spool

function Get-Events { return @([IO.Directory]::GetFiles($spool, '*.event') | ForEach-Object { [IO.Path]::GetFileName($_) } | Where-Object { $_ -match '^[1-9]\d+-\d+\.event$' } | Sort-Object { $_ }) }

# A part of the names as a request: the names that it holds, and its text.
function New-Batch([string[]]$names, [int]$eventsMax) {
  $held = New-Object Collections.Generic.List[string]
  $text = New-Object Text.StringBuilder
  foreach ($name in $names) {
    if ($held.Count -ge $eventsMax) { break }
    $file = Join-Path $spool $name
    if (-not (Test-Path -LiteralPath $file)) { continue }
    $query, $json = (Read-Text $file) -split "`n", 2
    if (-not "$json".Trim()) { Remove-Item -LiteralPath $file -Force; Add-Dropped 'empty'; continue }
    if ($held.Count -gt 0 -and $text.Length + $json.Length -gt $BatchCharsMax) { break }
    if ($held.Count -eq 0) { [void]$text.Append('[') } else { [void]$text.Append(',') }
    [void]$text.Append('{"url":"/hook?').Append(($query -replace '["\\]|[^ -~]', '')).Append('","body":').Append($json).Append('}')
    $held.Add($name)
  }
  return @{ Names = $held; Text = "$text]" }
}

# Removes what the server has answered for. False where that is nothing.
function Complete-Batch($names) {
  $settled = @()
  if ($answer -match '"accepted_indices"\s*:\s*\[([\d,\s]*)\]') { $settled = @($Matches[1] -split '[,\s]+' | Where-Object { $_ -ne '' -and [int]$_ -lt $names.Count } | ForEach-Object { $names[[int]$_] }) }
  elseif ($answer -match '"accepted"\s*:\s*(\d+)') { $settled = @($names | Select-Object -First ([int]$Matches[1])) }
  if ($settled.Count -eq 0) { return $false }
  foreach ($outcome in [regex]::Matches($answer, '"(dropped_[a-z]+)"')) { Add-Dropped $outcome.Groups[1].Value }
  foreach ($name in $settled) { Remove-Item -LiteralPath (Join-Path $spool $name) -Force -ErrorAction SilentlyContinue }
  foreach ($name in 'retry-after', 'last-error') { Remove-Item -LiteralPath (Join-Path $state $name) -Force -ErrorAction SilentlyContinue }
  Write-Text (Join-Path $state 'last-success') "$(Get-Seconds)`n"
  return $true
}

function Test-ForAPerson { return @(401, 403, 404, 405, 407, 421, 426, 451) -contains $status }
function Test-NoEventsFault { return $status -lt 400 -or $status -ge 500 -or (Test-ForAPerson) -or (@(408, 425, 429) -contains $status) }

function Add-Failure {
  $fails = 0
  [void][int]::TryParse("$((Read-Words 'retry-after')[1])", [ref]$fails)
  $fails += 1
  $seconds = $BackoffSecondsMax
  if ($fails -le 8 -and -not (Test-ForAPerson)) { $seconds = [int][Math]::Pow(2, $fails) }
  $seconds = [int][Math]::Floor($seconds / 2) + (Get-Random -Maximum ([int][Math]::Floor($seconds / 2) + 1))
  if ($retryAfter -match '^\d{1,5}$' -and [int]$retryAfter -gt $seconds) { $seconds = [Math]::Min([int]$retryAfter, $RetryAfterSecondsMax) }
  $detail = 'http'
  if ($status -eq 0) { $detail = 'no-answer' } elseif ($status -eq 200) { $detail = 'nothing-accepted' }
  Write-Text (Join-Path $state 'retry-after') "$((Get-Seconds) + $seconds) $fails`n"
  Write-Text (Join-Path $state 'last-error') "$(Get-Seconds) $($status.ToString('000')) $detail`n"
}

# Settles the spool from its oldest event on. False where the server takes none now.
function Send-Spool {
  $names = @(Get-Events)
  $eventsMax = $BatchEventsMax
  while ($names.Count -gt 0 -and (Update-Lock)) {
    $batch = New-Batch $names $eventsMax
    if ($batch.Names.Count -eq 0) { return $true }
    Send-Request 'POST' '/hook/batch' ($SendSecondsMax * 1000) $batch.Text
    if ($status -eq 200 -and (Complete-Batch $batch.Names)) { $eventsMax = [Math]::Min($eventsMax * 2, $BatchEventsMax) }
    elseif (Test-NoEventsFault) { Add-Failure; return $false }
    elseif ($batch.Names.Count -gt 1) { $eventsMax = [int][Math]::Floor($batch.Names.Count / 2) }
    else { Remove-Item -LiteralPath (Join-Path $spool $batch.Names[0]) -Force; Add-Dropped "http-$status" }
    $names = @($names | Where-Object { Test-Path -LiteralPath (Join-Path $spool $_) })
  }
  return $true
}

function Limit-Spool {
  $files = @(Get-Events | ForEach-Object { New-Object IO.FileInfo((Join-Path $spool $_)) })
  $bytes = ($files | Measure-Object -Property Length -Sum).Sum
  $oldest = (Get-Seconds) - $SpoolSecondsMax
  for ($index = 0; $index -lt $files.Count; $index++) {
    $reason = ''
    if ([long]$files[$index].Name.Substring(0, 10) -lt $oldest) { $reason = 'evicted-age' }
    elseif ($files.Count - $index -gt $SpoolFilesMax) { $reason = 'evicted-files' }
    elseif ($bytes -gt $SpoolBytesMax) { $reason = 'evicted-bytes' }
    if (-not $reason) { return }
    $bytes -= $files[$index].Length
    $files[$index].Delete()
    Add-Dropped $reason
  }
}

function Test-Drainer {
  $holder, $beat = Read-Words 'drain.lock'
  if ("$holder" -notmatch '^\d+$' -or "$beat" -notmatch '^\d+$') { return $false }
  return (Get-Seconds) - [long]$beat -lt $BeatSecondsMax -and $null -ne (Get-Process -Id $holder -ErrorAction SilentlyContinue)
}

function Update-Lock {
  if ("$((Read-Words 'drain.lock')[0])" -ne "$PID") { return $false }
  Write-Text (Join-Path $state 'drain.lock') "$PID $(Get-Seconds)`n"
  return $true
}

# A new token or address is a reason to try at once.
function Test-BackingOff {
  $until = "$((Read-Words 'retry-after')[0])"
  if ($until -notmatch '^\d+$' -or [long]$until -le (Get-Seconds) -or [long]$until -gt (Get-Seconds) + $RetryAfterSecondsMax) { return $false }
  $noted = [IO.File]::GetLastWriteTimeUtc((Join-Path $state 'retry-after'))
  return [IO.File]::GetLastWriteTimeUtc((Join-Path $base 'token')) -le $noted -and [IO.File]::GetLastWriteTimeUtc((Join-Path $base 'config.toml')) -le $noted
}

function Start-Drainer {
  if (-not (Test-Path (Join-Path $base 'config.toml')) -or (Test-Drainer) -or (Test-BackingOff)) { return }
  $start = New-Object Diagnostics.ProcessStartInfo((Get-Process -Id $PID).Path, "-NoProfile -ExecutionPolicy Bypass -File ""$PSCommandPath"" --drain ""$base""")
  # By the shell, so that it inherits none of the agent's files.
  $start.UseShellExecute = $true
  $start.WindowStyle = 'Hidden'
  [void][Diagnostics.Process]::Start($start)
}

function Invoke-Drain {
  if (Test-Drainer) { return }
  Write-Text (Join-Path $state 'drain.lock') "$PID $(Get-Seconds)`n"
  $waited = 0
  $isIdle = $false
  try {
    while ((Update-Lock) -and (Read-Config)) {
      if (Test-BackingOff) {
        if ($waited -ge $PatienceSeconds) { break }
        Start-Sleep -Seconds 2
        $waited += 2
      } elseif (@(Get-Events).Count -eq 0) {
        if ($isIdle) { break }
        $isIdle = $true
        Start-Sleep -Seconds 1
      } else {
        $isIdle = $false
        Limit-Spool
        if (Send-Spool) { $waited = 0 } elseif (Test-ForAPerson) { $waited = $PatienceSeconds }
      }
    }
  } finally {
    if ("$((Read-Words 'drain.lock')[0])" -eq "$PID") { Remove-Item -LiteralPath (Join-Path $state 'drain.lock') -Force }
  }
  if ($isIdle -and @(Get-Events).Count -gt 0) { Start-Drainer }
}

# ---- The answer

function Set-Form {
  $script:form = ''
  $script:isOnce = $false
  $script:isStart = @('SessionStart', 'sessionStart', 'agentSpawn', 'TaskStart', 'TaskResume') -ccontains $eventName
  switch -Regex -CaseSensitive ("${agent}:$eventName") {
    '^(claude-code|codex|gemini-cli|qwen-code|command-code|devin|vscode-copilot):SessionStart$' { $script:form = 'hook' }
    '^copilot-cli:[sS]essionStart$' { $script:form = 'flat' }
    '^kiro-cli:(SessionStart|agentSpawn)$' { $script:form = 'text' }
    '^(opencode|pi|omp|openclaw):SessionStart$' { $script:form = 'text' }
    '^cursor:sessionStart$' { $script:form = 'cursor' }
    '^kimi-code:UserPromptSubmit$' { $script:form = 'text'; $script:isOnce = $true }
    '^grok:PostToolUse$' { $script:form = 'hook'; $script:isOnce = $true }
    '^cline:PreToolUse$' { $script:form = 'cline'; $script:isOnce = $true }
    '^antigravity-cli:PreInvocation$' { $script:form = 'antigravity'; $script:isOnce = $true }
  }
}

function Get-Handoff {
  if (-not $form -or $isSubagent -or -not (Read-Config)) { return '' }
  $told = ''
  if ($session -match '^[A-Za-z0-9._-]+$') { $told = Join-Path $state "sessions\$agent-$session" }
  if ($isOnce) {
    $tries = "$(Read-Text $told)".Trim()
    if (-not $told -or (Test-BackingOff) -or $tries -eq 'told' -or ($tries -and [int]$tries -ge $TriesMax)) { return '' }
    Write-Text $told "$([int]$tries + 1)`n"
  }
  $clock = [Diagnostics.Stopwatch]::StartNew()
  $batch = New-Batch @(Get-Events) $BatchEventsMax
  if ($batch.Names.Count -gt 0) {
    Send-Request 'POST' '/hook/batch' $handoffMs $batch.Text
    if ($status -eq 0) { return '' }
    if ($status -eq 200) { [void](Complete-Batch $batch.Names) }
  }
  $left = [Math]::Max($handoffMs - [int]$clock.ElapsedMilliseconds, 10)
  Send-Request 'GET' ("/handoff?agent=$caller&session_id=" + [Uri]::EscapeDataString($session) + $place) $left ''
  if ($status -ne 200 -or $contentType -notmatch '^text/(markdown|plain)') { return '' }
  if ($isOnce) { Write-Text $told "told`n" }
  if (-not $answer) { return '' }
  if ($form -eq 'text') { return $answer }
  $text = ConvertTo-Json ([string]$answer)
  switch ($form) {
    'hook' { return '{"hookSpecificOutput":{"hookEventName":"' + $eventName + '","additionalContext":' + $text + '}}' }
    'flat' { return '{"additionalContext":' + $text + '}' }
    'cline' { return '{"cancel":false,"contextModification":' + $text + '}' }
    'antigravity' { return '{"injectSteps":[{"ephemeralMessage":' + $text + '}]}' }
    'cursor' {
      $said = '{"additional_context":' + $text + '}'
      if ($told) { Write-Text "$told.context" $said }
      return $said
    }
  }
}

function Get-Nothing {
  switch -Regex -CaseSensitive ("${agent}:$eventName") {
    '^cursor:beforeSubmitPrompt$' { return '{"continue":true}' }
    '^cursor:preToolUse$' { return '{"permission":"allow"}' }
    '^cursor:postToolUse$' {
      $file = Join-Path $state "sessions\cursor-$session.context"
      if ($session -match '^[A-Za-z0-9._-]+$' -and (Test-Path $file)) { $said = Read-Text $file; Remove-Item $file -Force; return $said }
      return '{}'
    }
    '^antigravity-cli:PreToolUse$' { return '{"decision":"allow"}' }
    '^(cursor|antigravity-cli):' { return '{}' }
  }
  return ''
}

# What is to be said, after the event is put by.
function Invoke-Event {
  Read-Facts
  if ((Test-ReportedElsewhere) -or $session -eq 'empty-state-draft') { return '' }
  Set-Stamp
  Read-Place
  if ($serverName) {
    $other = Join-Path $homePath "servers\$serverName"
    if (-not (Test-Path -LiteralPath $other)) { Add-Dropped 'no-such-server'; return '' }
    Use-Home $other
  }
  if (Test-Excluded) { Add-Dropped 'excluded' } else { Write-Event }
  return Get-Handoff
}

# ------------------------------------------------------------------------------------------------------------------------

$homePath = $PSScriptRoot
if ($env:AI_MEMORY_HOME) { $homePath = [IO.Path]::GetFullPath($env:AI_MEMORY_HOME) }
if ($args[0] -eq '--drain') {
  try {
    $drained = $homePath
    if ($args[1]) { $drained = $args[1] }
    # One that is gone is not made anew.
    if (Test-Path -LiteralPath (Join-Path $drained 'spool')) { Use-Home $drained; Invoke-Drain }
  } catch { }
  exit 0
}

$agent = "$($args[0])"
$eventName = "$($args[1])"
if ("$agent $eventName" -notmatch '^[A-Za-z0-9._:-]+ [A-Za-z0-9._:-]+$') { exit 0 }
$said = ''
try {
  $body = ''
  if ([Console]::IsInputRedirected) { $body = (New-Object IO.StreamReader([Console]::OpenStandardInput(), $Utf8)).ReadToEnd() }
  Use-Home $homePath
  Set-Form
  $said = "$(Invoke-Event)"
} catch { }
try { if (-not $said) { $said = "$(Get-Nothing)" } } catch { }
if ($said) {
  $bytes = $Utf8.GetBytes($said)
  $out = [Console]::OpenStandardOutput()
  $out.Write($bytes, 0, $bytes.Length)
  $out.Flush()
}
try { Start-Drainer } catch { }
exit 0
