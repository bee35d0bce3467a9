// Package usage measures how an account uses a product: how often against how
// often would be ideal, how broadly, how deeply, and whether it fell.
//
//   - cadence: the days between uses ([CadenceOf]): the account's own median gap
//     against the ideal one, and how overdue the next use is;
//   - breadth: features used of those available, seats used of those bought;
//   - depth: uses per active user and per active day ([ProfileOf]);
//   - fall: the present period against the account's own baseline ([FallOf]).
//
// Little data is not a habit: fewer than three gaps or three earlier periods, or
// a baseline below a minimum, leave the figure undefined. Shares are exact
// ratios. Nothing here depends on the order of the arguments.
package usage
