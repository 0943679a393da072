"""English: what is wrong with a follow-up plan."""

from tui.i18n.words import Texts

TEXTS: Texts = {
    "campaign.plan.empty": "The plan is empty: write what is done, such as “busy: after 15m, at most 2”.",
    "campaign.plan.no_colon": "“{value}” doesn't say what is done: write it behind a colon, such as “busy: after 15m, at most 2” or “refused: never”.",
    "campaign.plan.nothing": "“{value}” doesn't say what is done: write “never”, or when and how often, such as “after 15m, at most 2”.",
    "campaign.plan.outcome": "“{value}” is no outcome of a call. These are: {known}, key:1 and status:\"…\".",
    "campaign.plan.twice": "The plan names “{outcome}” twice: leave one of them out.",
    "campaign.plan.word": "“{value}” is not understood: write “never”, or “after 15m” (2h, 1d), “other hours” or “10:00-12:30”, “at most 2”.",
    "campaign.plan.contradiction": "“{value}” says two different things: leave one of them out.",
    "campaign.plan.delay": "“{value}” is too long: up to {hours} hours or {days} days are possible.",
    "campaign.plan.times": "“{value}” is not a possible number of times: 1 to {most} are.",
    "campaign.plan.hours": "“{value}” are no hours of a day: write from when until when, such as 10:00-12:30.",
    "campaign.plan.quote": "The quotation mark of {value} is not closed: add another at the end of the status.",
}
