"""English: what is wrong with a follow-up plan."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.plan.empty": "The plan is empty: write what to do, such as “busy: after 15m, at most 2”.",
    "campaign.plan.no_colon": "“{value}” doesn't say what to do: write it after a colon, such as “busy: after 15m, at most 2” or “refused: never”.",
    "campaign.plan.nothing": "“{value}” doesn't say what to do: write “never”, or when and how often, such as “after 15m, at most 2”.",
    "campaign.plan.outcome": "“{value}” is not a call result. The results are: {known}, key:1 and status:\"…\".",
    "campaign.plan.twice": "The plan names “{outcome}” twice: remove one.",
    "campaign.plan.word": "“{value}” is not understood: write “never”, or “after 15m” (2h, 1d), “other hours” or “10:00-12:30”, “at most 2”.",
    "campaign.plan.contradiction": "“{value}” says two different things: remove one.",
    "campaign.plan.delay": "“{value}” is too long: at most {hours} hours or {days} days.",
    "campaign.plan.times": "“{value}” times is not possible: 1 to {most} are.",
    "campaign.plan.hours": "“{value}” is not a range of hours: write the start, then the end, such as 10:00-12:30.",
    "campaign.plan.quote": "The quotation mark of {value} is not closed: add another at the end of the status.",
}
