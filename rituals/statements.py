"""The SQL of the outbox. Put together from constants only; every value is a parameter."""

# r is the reminder. Everything its author or their partner can do to stop it.
STILL_WANTED = """
    exists (select 1 from rituals_occurrence o
    join rituals_ritual t on t.couple_id = o.couple_id and t.id = o.ritual_id
    join rituals_ritualpart p on p.couple_id = t.couple_id and p.ritual_id = t.id
        and p.author_id = r.author_id
    join couples_member m on m.couple_id = p.couple_id and m.id = p.author_id
    join couples_couple c on c.id = m.couple_id
    where o.couple_id = r.couple_id and o.id = r.occurrence_id
        and c.state <> 'ended' and m.left_at is null and m.user_id is not null
        and t.stopped_at is null and p.stopped_at is null and p.mail_on and not p.bounced
        and (p.paused_until is null or p.paused_until <= (select app_now())))
"""
# Nobody holds it: it waits, or whoever sent it died.
FREE = """
    r.state in ('planned', 'claimable', 'sending', 'unknown')
    and r.due_at <= (select app_now())
    and (r.state <> 'sending' or r.lease_until < (select app_now()))
"""
SETTLE = f"""
    update rituals_reminder r
    set state = x.state, lease_owner = null, lease_until = null,
        cancelled_at = case when x.state = 'suppressed' then app_now() end
    from (select r.id, case
            when r.copies = 2 or (r.copies = 1 and r.due_at < (select app_now()) - %(dies)s)
                then 'sent_unconfirmed'
            when r.due_at < (select app_now()) - %(dies)s then 'expired'
            else 'suppressed' end as state
        from rituals_reminder r
        where {FREE} and (r.copies = 2 or r.due_at < (select app_now()) - %(dies)s
            or not {STILL_WANTED})
        for update of r skip locked) x
    where r.id = x.id returning r.state
"""  # noqa: S608
CLAIM = f"""
    update rituals_reminder r
    set state = 'sending', attempt = r.attempt + 1,
        lease_owner = %(me)s, lease_until = app_now() + %(lease)s
    from (select r.id from rituals_reminder r
        where {FREE} and (r.next_at is null or r.next_at <= (select app_now()))
            and r.copies < 2 and r.due_at >= (select app_now()) - %(dies)s and {STILL_WANTED}
        order by r.due_at limit %(batch)s for update of r skip locked) x,
        rituals_occurrence o
    where r.id = x.id and o.id = r.occurrence_id and o.couple_id = r.couple_id
    returning r.id, r.author_id, r.attempt, o.ritual_id, o.local_date, o.starts_at, r.due_at
"""  # noqa: S608
AT_THE_DOT = """
    update rituals_reminder set copies = copies + 1
    where id = %s and attempt = %s and lease_owner = %s and lease_until > app_now()
"""
FINISH = """
    update rituals_reminder
    set state = case when %(state)s = 'unknown' and copies = 2 then 'sent_unconfirmed'
            else %(state)s end,
        lease_owner = null, lease_until = null, reply_code = %(code)s,
        next_at = app_now() + %(rests)s, copies = copies - %(refused)s,
        sent_at = case when %(state)s = 'sent' then app_now() end
    where id = %(id)s and attempt = %(attempt)s and lease_owner = %(me)s returning state
"""
GIVE_BACK = """
    update rituals_reminder set state = 'claimable', lease_owner = null, lease_until = null
    where id = any(%s) and lease_owner = %s and state = 'sending'
"""
