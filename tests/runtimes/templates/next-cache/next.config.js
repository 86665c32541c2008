module.exports = { cacheComponents: true, partialPrefetching: true };
